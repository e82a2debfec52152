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

/** Runs {@code streetbox listen}: prints each received row once, and accounts for the rows. */
@Command(
    description = "Receive what boxes send: each row once, as one line.",
    footer = {
      "",
      "Ends after --for, or with Ctrl-C. With --audit, exit 1 if a row is",
      "unexplained, or a row was received with two contents."
    })
final class ListenCommand implements Callable<Integer> {
  private static final Duration MESSAGE_WAIT = Duration.ofMillis(200);

  @Spec private CommandSpec spec;

  @Mixin private BrokerOptions broker;

  @Option(
      names = "--box",
      paramLabel = "ID",
      defaultValue = "+",
      description = "Receive the rows of this box only.")
  private String box;

  @Option(
      names = "--group",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Share the messages with the other subscribers of this group.")
  private String group;

  @Option(
      names = "--format",
      paramLabel = "ndjson|csv",
      defaultValue = "ndjson",
      description = "The format of rows. Default: ${DEFAULT-VALUE}")
  private RowPrinter.Format format;

  @Option(
      names = "--audit",
      description = "Account for every row of every boot at the end, on stderr.")
  private boolean audit;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "36500d",
      description = "End after this long, such as 30s.")
  private Duration period;

  @Option(
      names = "--topic-root",
      paramLabel = "TOPIC",
      defaultValue = MqttSettings.DEFAULT_TOPIC_ROOT,
      description = "The beginning of every topic. Default: ${DEFAULT-VALUE}")
  private String topicRoot;

  private final Audit audited = new Audit();
  private final Time time = new SystemTime();
  private long malformed;

  @Override
  public Integer call() throws IOException {
    if (audit && !group.isEmpty()) {
      throw usageError("--audit cannot account for the rows that --group gives to others");
    }
    long endMs = time.tickMs() + period.toMillis();
    RowPrinter printer = new RowPrinter(format, spec.commandLine().getOut());
    ShutdownBarrier end = ShutdownBarrier.onSignal();
    int code = ExitCode.EXTERNAL_ERROR;
    Subscription subscription = new Subscription(topicRoot, box, group, "");
    try (Subscriber subscriber =
        new Subscriber(
            new PahoConnector(broker.settings(), time),
            subscription,
            time,
            new SplittableRandom())) {
      code = exitCode(receive(subscriber, printer, end, endMs));
    } finally {
      end.finish(code);
    }
    return code;
  }

  /** Prints rows until the end; returns false if the broker never accepted the subscription. */
  private boolean receive(
      Subscriber subscriber, RowPrinter printer, ShutdownBarrier end, long endMs)
      throws IOException {
    BoxMessageParser parser = new BoxMessageParser(topicRoot);
    boolean everSubscribed = false;
    while (time.tickMs() < endMs && !end.await(Duration.ZERO)) {
      Optional<Message> message = subscriber.next(MESSAGE_WAIT);
      everSubscribed |= subscriber.isSubscribed();
      message.ifPresent(m -> take(parser, m, printer));
    }
    return everSubscribed;
  }

  private void take(BoxMessageParser parser, Message message, RowPrinter printer) {
    try {
      BoxMessage received = parser.read(message);
      List<BoxMessage.SentRow> newRows = audited.add(received);
      if (received instanceof BoxMessage.Rows rows) {
        newRows.forEach(row -> printer.print(rows, row));
      } else if (received instanceof BoxMessage.Times times) {
        printer.print(times);
      }
    } catch (MalformedMessageException e) {
      malformed++;
      spec.commandLine()
          .getErr()
          .printf("streetbox listen: a message was skipped: %s%n", e.getMessage());
    }
  }

  private int exitCode(boolean everSubscribed) {
    PrintWriter err = spec.commandLine().getErr();
    if (!everSubscribed) {
      err.printf(
          "streetbox listen: no connection to %s: the broker is down, or refuses this login.%n"
              + "Try: streetbox doctor%n",
          broker.settings().uri());
      return ExitCode.EXTERNAL_ERROR;
    }
    List<Audit.ReceivedAccount> accounts = audited.accounts();
    if (audit) {
      AuditTable.print(accounts, audited.simulatedBoxes(), malformed, err);
      return accounts.stream().allMatch(a -> a.unexplained() == 0 && a.conflicts() == 0)
          ? ExitCode.DONE
          : ExitCode.EXTERNAL_ERROR;
    }
    return ExitCode.DONE;
  }

  private ParameterException usageError(String text) {
    return new ParameterException(spec.commandLine(), text);
  }
}
