package dev.streetbox.cli;

import dev.streetbox.agent.Agent;
import dev.streetbox.agent.Config;
import dev.streetbox.agent.ExitCode;
import dev.streetbox.agent.ShutdownBarrier;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.bus.Time;
import dev.streetbox.listen.Audit;
import dev.streetbox.listen.BoxMessage;
import dev.streetbox.listen.BoxMessageParser;
import dev.streetbox.listen.MalformedMessageException;
import dev.streetbox.listen.ReceivedAccount;
import dev.streetbox.listen.Subscriber;
import dev.streetbox.listen.Subscription;
import dev.streetbox.measure.Faults;
import dev.streetbox.mqtt.Connector;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.PahoConnector;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Runs one ride of the demo: a box, and a subscriber that shares nothing with the box but the
 * broker. Used by one thread.
 */
final class DemoRide {
  private static final Duration MESSAGE_WAIT = Duration.ofMillis(100);
  private static final long WATCH_PERIOD_MS = 1_000;

  /** Limits the time in which the last rows reach the subscriber (ms). */
  private static final long LAST_ROWS_MS = 5_000;

  private final Config config;
  private final PrintWriter out;
  private final Time time = new SystemTime();
  private final RowTable table = new RowTable();
  private final Audit audit = new Audit();
  private final BoxMessageParser parser;

  /** Starts nothing yet; the rows and the account are printed to {@code out}. */
  DemoRide(Config config, PrintWriter out) {
    this.config = config;
    this.out = out;
    this.parser = new BoxMessageParser(config.mqtt().topicRoot());
  }

  /**
   * Runs until the limit or the termination, then prints the account.
   *
   * @return {@link ExitCode#DONE} if rows were received, and every other was declared lost
   * @throws IOException if the broker refuses the subscriber, or has not accepted it before the
   *     limit; the ride has then not begun
   */
  int run(Duration limit, ShutdownBarrier shutdownBarrier) throws IOException {
    long endMs = time.tickMs() + limit.toMillis();
    Subscription box = new Subscription(config.mqtt().topicRoot(), config.boxId(), "", "");
    Connector connector = new PahoConnector(config.mqtt().broker(), time);
    try (Subscriber subscriber = new Subscriber(connector, box, time, new SplittableRandom())) {
      awaitSubscription(subscriber, endMs, shutdownBarrier);
      Faults faults = new Faults();
      Agent agent =
          Agent.start(config, new SystemTime(config.simulation().speed()), time, faults)
              .orElseThrow(() -> new IOException(config.store().dataDir() + " is in use"));
      boolean isHealthy;
      try (agent) {
        isHealthy = watch(agent, subscriber, endMs, shutdownBarrier);
      }
      awaitLastRows(agent, subscriber);
      if (received() == 0) {
        printWhyNothingCame(agent, faults);
      }
      return isHealthy ? printAccount(agent) : ExitCode.BUG;
    }
  }

  private void awaitSubscription(Subscriber subscriber, long endMs, ShutdownBarrier shutdownBarrier)
      throws IOException {
    while (!subscriber.isSubscribed()) {
      if (time.tickMs() >= endMs || shutdownBarrier.await(Duration.ZERO)) {
        throw new IOException(
            "no ride, because the broker at %s was not reached: %s"
                .formatted(
                    config.mqtt().broker().uri(),
                    subscriber.fault().orElse("it has not answered")));
      }
      receive(subscriber);
    }
  }

  private void printWhyNothingCame(Agent agent, Faults faults) {
    if (agent.store().newest() == 0) {
      out.println("No row was composed: the ride ended before its first second.");
    } else if (agent.link().acknowledgedRows() > 0) {
      out.println("No row was received: the broker has taken rows and not delivered them.");
    } else {
      out.println("No row was received: the broker has not confirmed any.");
    }
    for (Faults.Fault fault : faults.list()) {
      out.printf("  %s: %s%n", fault.place(), fault.text());
    }
  }

  private boolean watch(
      Agent agent, Subscriber subscriber, long endMs, ShutdownBarrier shutdownBarrier)
      throws IOException {
    long nextWatchMs = 0;
    while (time.tickMs() < endMs && !shutdownBarrier.await(Duration.ZERO)) {
      receive(subscriber);
      if (time.tickMs() >= nextWatchMs) {
        nextWatchMs = time.tickMs() + WATCH_PERIOD_MS;
        if (!agent.watch()) {
          return false;
        }
      }
    }
    return true;
  }

  private void awaitLastRows(Agent agent, Subscriber subscriber) throws IOException {
    long endMs = time.tickMs() + LAST_ROWS_MS;
    while (received() < agent.link().acknowledgedRows() && time.tickMs() < endMs) {
      receive(subscriber);
    }
  }

  private void receive(Subscriber subscriber) throws IOException {
    Optional<Message> message = subscriber.next(MESSAGE_WAIT);
    if (message.isEmpty()) {
      return;
    }
    try {
      for (BoxMessage.SentRow row : audit.add(parser.read(message.get()))) {
        out.print(table.add(row.fields()));
      }
      out.flush();
    } catch (MalformedMessageException e) {
      out.println("a message was skipped: " + e.getMessage());
    }
  }

  private long received() {
    return audit.accounts().stream().mapToLong(ReceivedAccount::received).sum();
  }

  private int printAccount(Agent agent) {
    List<ReceivedAccount> accounts = audit.accounts();
    long holes = accounts.stream().mapToLong(ReceivedAccount::unexplained).sum();
    long duplicates = accounts.stream().mapToLong(ReceivedAccount::duplicates).sum();
    long open = agent.store().newest() - received();
    out.printf(
        """

        The account
          %,8d sampled       rows that the recorder composed
          %,8d published     rows sent, repetitions included
          %,8d acknowledged  rows that the broker has confirmed (PUBACK)
          %,8d received      by a second, independent subscriber
          %,8d holes         sampled, and neither received nor declared lost
          %,8d duplicates    received more than once
        """,
        agent.store().newest(),
        agent.link().sentRows(),
        agent.link().acknowledgedRows(),
        received(),
        Math.max(holes, open),
        duplicates);
    out.flush();
    return received() > 0 && holes == 0 && open == 0 ? ExitCode.DONE : ExitCode.EXTERNAL_ERROR;
  }
}
