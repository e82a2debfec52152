package dev.streetbox.cli;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.agent.ShutdownBarrier;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.bus.Time;
import dev.streetbox.export.RowPrinter;
import dev.streetbox.listen.Audit;
import dev.streetbox.listen.BoxMessage;
import dev.streetbox.listen.BoxMessageParser;
import dev.streetbox.listen.MalformedMessageException;
import dev.streetbox.listen.Subscriber;
import dev.streetbox.listen.Subscription;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.PahoConnector;
import dev.streetbox.publish.MqttSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code streetbox listen}: what boxes send, decoded, each row once, and accounted for. */
@Command(
    name = "listen",
    description = "Receive what boxes send: each row once, as one line.",
    footer = {
      "",
      "Ends after --for, or with Ctrl-C. With --audit, exit 1 if a row is",
      "unexplained, or one key came with two contents."
    })
final class ListenCommand implements Callable<Integer> {
  private static final Duration ROUND = Duration.ofMillis(200);

  @Spec private CommandSpec spec;

  @Mixin private BrokerOptions broker;

  @Option(names = "--box", paramLabel = "ID", defaultValue = "+", description = "This box only.")
  private String box;

  @Option(
      names = "--group",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Share the messages with others of the group.")
  private String group;

  @Option(
      names = "--format",
      paramLabel = "ndjson|csv",
      defaultValue = "ndjson",
      description = "How rows are printed. Default: ${DEFAULT-VALUE}")
  private RowPrinter.Format format;

  @Option(
      names = "--audit",
      description = "At the end, account for every row of every boot, on stderr.")
  private boolean audit;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "36500d",
      description = "End after this long, as 30s.")
  private Duration period;

  @Option(
      names = "--topic-root",
      paramLabel = "TOPIC",
      defaultValue = MqttSettings.DEFAULT_TOPIC_ROOT,
      description = "What every topic begins with. Default: ${DEFAULT-VALUE}")
  private String topicRoot;

  private final Audit account = new Audit();
  private final Time time = new SystemTime();
  private long malformed;

  @Override
  public Integer call() throws IOException {
    if (audit && !group.isEmpty()) {
      throw mistake("--audit cannot account for the rows that --group gives to others");
    }
    long endMs = time.tickMs() + period.toMillis();
    RowPrinter printer = new RowPrinter(format, spec.commandLine().getOut());
    ShutdownBarrier end = ShutdownBarrier.onSignal();
    int code = ExitCode.WORLD;
    Subscription subscription = new Subscription(topicRoot, box, group, "");
    try (Subscriber subscriber =
        new Subscriber(
            new PahoConnector(broker.settings(), time),
            subscription,
            time,
            new SplittableRandom())) {
      boolean heard = listen(subscriber, printer, end, endMs);
      code = verdict(heard);
    } finally {
      end.finish(code);
    }
    return code;
  }

  /** Listens until the end; returns whether the broker ever let it. */
  private boolean listen(Subscriber subscriber, RowPrinter printer, ShutdownBarrier end, long endMs)
      throws IOException {
    BoxMessageParser parser = new BoxMessageParser(topicRoot);
    boolean heard = false;
    while (time.tickMs() < endMs && !end.await(Duration.ZERO)) {
      Optional<Message> message = subscriber.next(ROUND);
      heard |= subscriber.isSubscribed();
      message.ifPresent(m -> take(parser, m, printer));
    }
    return heard;
  }

  private void take(BoxMessageParser parser, Message message, RowPrinter printer) {
    try {
      BoxMessage news = parser.read(message);
      List<BoxMessage.SentRow> fresh = account.add(news);
      if (news instanceof BoxMessage.Rows rows) {
        fresh.forEach(row -> printer.print(rows, row));
      } else if (news instanceof BoxMessage.Times times) {
        printer.print(times);
      }
    } catch (MalformedMessageException e) {
      malformed++;
      spec.commandLine().getErr().printf("listen: a message was skipped: %s%n", e.getMessage());
    }
  }

  private int verdict(boolean heard) {
    PrintWriter err = spec.commandLine().getErr();
    if (!heard) {
      err.printf("listen: no connection to %s%nTry: streetbox doctor%n", broker.settings().uri());
      return ExitCode.WORLD;
    }
    List<Audit.ReceivedAccount> accounts = account.accounts();
    if (audit) {
      AuditTable.print(accounts, malformed, err);
      return accounts.stream().allMatch(a -> a.unexplained() == 0 && a.conflicts() == 0)
          ? ExitCode.DONE
          : ExitCode.WORLD;
    }
    return ExitCode.DONE;
  }

  private ParameterException mistake(String text) {
    return new ParameterException(spec.commandLine(), text);
  }
}
