package dev.streetbox.cli;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.agent.ShutdownBarrier;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.bus.Time;
import dev.streetbox.export.RowPrinter;
import dev.streetbox.listen.Audit;
import dev.streetbox.listen.AuditRequests;
import dev.streetbox.listen.BoxDocument;
import dev.streetbox.listen.BoxMessage;
import dev.streetbox.listen.BoxMessageParser;
import dev.streetbox.listen.FleetHealth;
import dev.streetbox.listen.MalformedMessageException;
import dev.streetbox.listen.ReceivedAccount;
import dev.streetbox.listen.Subscriber;
import dev.streetbox.listen.Subscription;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.PahoConnector;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
      "unexplained or not accounted for, or was received with two contents (the",
      "last 50000 rows are compared). The account begins anew with each start.",
      "",
      "With --session NAME the broker keeps what arrives while listen is not",
      "running, for seven days and as many messages as its settings allow, and",
      "delivers it at the next start. A row may then be printed once more.",
      "With --resend listen asks the boxes for rows that the broker dropped;",
      "its login must be allowed to publish to cmd/resend.",
      "",
      "Lines with a \"kind\" are no rows: events, state, about, diag and ack, as sent.",
      "--format csv prints rows only."
    })
final class ListenCommand implements Callable<Integer> {
  private static final long HEALTH_PERIOD_MS = 15_000;
  private static final Duration MESSAGE_WAIT = Duration.ofMillis(200);

  /** Limits the messages about skipped ones, because a sender could fill the disk with them. */
  private static final int SKIPPED_LIMIT = 20;

  @Spec private CommandSpec spec;

  @Mixin private BrokerOptions broker;

  @Option(
      names = "--box",
      paramLabel = "ID",
      defaultValue = Subscription.ALL_BOXES,
      description = "Receive the rows of this box only.")
  private String box;

  @Option(
      names = "--group",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Share the messages with the other subscribers of this group.")
  private String group;

  @Option(
      names = "--session",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Continue where the last run with this name ended.")
  private String session;

  @Option(
      names = "--resend",
      description = "Ask boxes that are online for the rows that are missing.")
  private boolean resend;

  @Option(
      names = "--format",
      paramLabel = "ndjson|csv|influx",
      defaultValue = "ndjson",
      description = "The format of rows. Default: ${DEFAULT-VALUE}")
  private RowPrinter.Format format;

  @Option(
      names = "--only",
      paramLabel = "KIND",
      split = ",",
      description =
          "Print these only: row, time, state, about, diag, ack, and kinds of events such as"
              + " report or loss.")
  private Set<String> only = Set.of();

  @Option(
      names = "--audit",
      description = "Account for every row of every boot at the end, on stderr.")
  private boolean audit;

  @Option(
      names = "--prometheus",
      paramLabel = "FILE",
      description =
          "Write the health of each box to FILE every 15 s, in Prometheus's text format, for the"
              + " textfile collector of node_exporter.")
  private Optional<Path> prometheus = Optional.empty();

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "36500d",
      description = "End after this long, such as 30s.")
  private Duration period;

  private final Audit audited = new Audit();
  private final FleetHealth health = new FleetHealth();
  private final Time time = new SystemTime();
  private final Set<String> noted = new HashSet<>();
  private long malformed;

  @Override
  public Integer call() throws IOException {
    if (audit && !group.isEmpty()) {
      throw usageError("--audit cannot account for the rows that --group gives to others");
    }
    if (resend && (session.isEmpty() || !group.isEmpty())) {
      throw usageError(
          "--resend needs --session, and no --group: else nobody knows what is missing");
    }
    Subscription subscription = subscription();
    long endMs = time.tickMs() + period.toMillis();
    return ShutdownBarrier.guard(
        end -> {
          try (Subscriber subscriber =
              new Subscriber(
                  new PahoConnector(broker.settings(), time),
                  subscription,
                  time,
                  new SplittableRandom())) {
            return receive(subscriber, subscription, end, endMs);
          }
        });
  }

  private Subscription subscription() {
    try {
      return new Subscription(broker.topicRoot(), box, group, session);
    } catch (IllegalArgumentException e) {
      throw usageError(e.getMessage());
    }
  }

  /** Prints rows until the end and returns the exit code. */
  private int receive(
      Subscriber subscriber, Subscription subscription, ShutdownBarrier end, long endMs)
      throws IOException {
    BoxMessageParser parser = new BoxMessageParser(broker.topicRoot());
    RowPrinter printer = new RowPrinter(format, spec.commandLine().getOut());
    Optional<AuditRequests> requests = requests();
    long nextFileMs = time.tickMs();
    boolean everSubscribed = false;
    while (time.tickMs() < endMs && !end.await(Duration.ZERO)) {
      Optional<Message> message = subscriber.next(MESSAGE_WAIT);
      everSubscribed |= subscriber.isSubscribed();
      if (subscriber.hasContinuedSession()) {
        audited.continueSession();
      }
      message.ifPresent(m -> take(parser, subscription, m, printer, requests));
      requests.ifPresent(some -> ask(some, subscriber));
      if (prometheus.isPresent() && time.tickMs() >= nextFileMs) {
        nextFileMs = time.tickMs() + HEALTH_PERIOD_MS;
        health.write(prometheus.get(), audited.accounts(), malformed);
      }
      if (message.isPresent() && spec.commandLine().getOut().checkError()) {
        subscriber.leaveUnacknowledged();
        throw new IOException("the rows cannot be written to standard output");
      }
    }
    if (prometheus.isPresent()) {
      health.write(prometheus.get(), audited.accounts(), malformed);
    }
    return everSubscribed ? account() : notSubscribed(subscriber.fault());
  }

  private Optional<AuditRequests> requests() {
    if (!resend) {
      return Optional.empty();
    }
    String run = HexFormat.of().toHexDigits(new SecureRandom().nextLong());
    return Optional.of(new AuditRequests(broker.topicRoot(), "listen-" + run, this::note));
  }

  private void ask(AuditRequests requests, Subscriber subscriber) {
    requests.next(audited, time.tickMs()).ifPresent(subscriber::publish);
    subscriber.publishFault().ifPresent(this::note);
  }

  /** Prints a line for a person, each once. */
  private void note(String line) {
    if (noted.size() < SKIPPED_LIMIT && noted.add(line)) {
      spec.commandLine().getErr().printf("streetbox listen: %s%n", line);
    }
  }

  private void take(
      BoxMessageParser parser,
      Subscription subscription,
      Message message,
      RowPrinter printer,
      Optional<AuditRequests> requests) {
    try {
      BoxMessage received = parser.read(message);
      if (!subscription.covers(received.box())) {
        return; // An earlier run of the session had subscribed to other boxes.
      }
      List<BoxMessage.SentRow> newRows = audited.add(received);
      requests.ifPresent(some -> some.add(received, time.tickMs()));
      requests.ifPresent(some -> some.addAnswer(message, time.tickMs()));
      if (prometheus.isPresent()) {
        health.add(received, message, time.systemClock().toEpochMilli());
      }
      if (received instanceof BoxMessage.Rows rows) {
        if (isWanted("row")) {
          newRows.forEach(row -> printer.print(rows, row));
        }
      } else if (received instanceof BoxMessage.Times times) {
        if (isWanted("time")) {
          printer.print(times);
        }
      } else if (format == RowPrinter.Format.ndjson) {
        BoxDocument.of(message)
            .filter(document -> isWanted(document.kind()))
            .ifPresent(document -> spec.commandLine().getOut().println(document.json()));
      }
    } catch (MalformedMessageException e) {
      onMalformed(e);
    }
  }

  private boolean isWanted(String kind) {
    return only.isEmpty() || only.contains(kind);
  }

  private void onMalformed(MalformedMessageException e) {
    malformed++;
    PrintWriter err = spec.commandLine().getErr();
    if (malformed <= SKIPPED_LIMIT) {
      err.printf("streetbox listen: a message was skipped: %s%n", e.getMessage());
    }
    if (malformed == SKIPPED_LIMIT) {
      err.println("streetbox listen: further skipped messages are counted only");
    }
  }

  private int notSubscribed(Optional<String> fault) {
    spec.commandLine()
        .getErr()
        .printf(
            "streetbox listen: no connection to %s: %s.%nTry: streetbox doctor%n",
            broker.settings().uri(), fault.orElse("the broker has not answered"));
    return ExitCode.EXTERNAL_ERROR;
  }

  private int account() {
    if (!audit) {
      return ExitCode.DONE;
    }
    PrintWriter err = spec.commandLine().getErr();
    List<ReceivedAccount> accounts = audited.accounts();
    AuditTable.print(accounts, audited.simulatedBoxes(), malformed, err);
    AuditTable.printUnaccounted(audited.unaccounted(), err);
    boolean explained = accounts.stream().allMatch(a -> a.unexplained() == 0 && a.conflicts() == 0);
    return explained && audited.unaccounted() == 0 ? ExitCode.DONE : ExitCode.EXTERNAL_ERROR;
  }

  private ParameterException usageError(String text) {
    return new ParameterException(spec.commandLine(), text);
  }
}
