package dev.streetbox.listen;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.mqtt.Connection;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.ConnectionFailure;
import dev.streetbox.mqtt.Connector;
import dev.streetbox.mqtt.KnownTime;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.Reconnect;
import dev.streetbox.mqtt.Session;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Receives what boxes send, and connects again after each loss. A message is acknowledged when the
 * next one is asked for: with a durable session, none that was not dealt with is lost. Used by one
 * thread.
 */
public final class Subscriber implements AutoCloseable {
  private static final Duration ROUND = Duration.ofMillis(100);
  private static final long WELCOME_MS = 30_000;
  private static final String PLACE = "broker";

  private final Connector connector;
  private final Time time;
  private final String filter;
  private final Session session;
  private final Reconnect reconnect;
  private final Faults faults = new Faults();
  private Optional<Connection> connection = Optional.empty();
  private Optional<ConnectionEvent.Arrived> pending = Optional.empty();
  private boolean subscribed;
  private boolean welcome;
  private long changedMs;
  private long nextAttemptMs;

  /**
   * A subscriber that has not touched the network yet.
   *
   * @param time real time
   * @param random what the pauses between connections are drawn from
   */
  public Subscriber(
      Connector connector, Subscription subscription, Time time, RandomGenerator random) {
    this.connector = connector;
    this.time = time;
    this.filter = subscription.filter();
    this.session = subscription.session(random);
    this.reconnect = new Reconnect(random);
  }

  /** Whether the broker sends what comes from now on. */
  public boolean isSubscribed() {
    return subscribed;
  }

  /**
   * The next message.
   *
   * @param limit how long to wait for it at most
   * @throws IOException if the broker says no: to the login, the certificate, the subscription; or
   *     the thread was interrupted
   */
  public Optional<Message> next(Duration limit) throws IOException {
    accept();
    long endMs = time.tickMs() + limit.toMillis();
    do {
      Optional<ConnectionEvent.Arrived> arrived = round(endMs);
      if (arrived.isPresent()) {
        pending = arrived;
        return arrived.map(ConnectionEvent.Arrived::message);
      }
    } while (time.tickMs() < endMs);
    return Optional.empty();
  }

  /** Acknowledges the last message and says goodbye. */
  @Override
  public void close() {
    accept();
    if (connection.isPresent() && welcome) {
      goodbye(connection.get());
    }
    drop();
  }

  private Optional<ConnectionEvent.Arrived> round(long endMs) throws IOException {
    Duration wait =
        Duration.ofMillis(Math.max(0, Math.min(ROUND.toMillis(), endMs - time.tickMs())));
    if (connection.isEmpty()) {
      if (time.tickMs() < nextAttemptMs) {
        time.sleep(wait);
        return Optional.empty();
      }
      connection = Optional.of(connector.open(session, () -> KnownTime.ofSystemClock(time)));
      changedMs = time.tickMs();
    }
    Optional<ConnectionEvent> event = connection.get().await(wait);
    if (event.isEmpty() && !subscribed && time.tickMs() - changedMs > WELCOME_MS) {
      lost(
          ConnectionFailure.network(
              "the broker does not answer: no network, or it is no MQTT broker"));
    }
    return event.isPresent() ? take(event.get()) : Optional.empty();
  }

  private Optional<ConnectionEvent.Arrived> take(ConnectionEvent event) throws IOException {
    if (event instanceof ConnectionEvent.Arrived arrived) {
      return Optional.of(arrived);
    }
    if (event instanceof ConnectionEvent.Connected connected) {
      faults.clear(PLACE);
      welcome = true;
      subscribed = connected.sessionPresent();
      if (!subscribed) {
        connection.orElseThrow().subscribe(filter);
      }
    } else if (event instanceof ConnectionEvent.Subscribed answer) {
      if (answer.code() >= 0x80) {
        throw new IOException(
            "the broker denies the subscription to %s (0x%02x): check its ACL"
                .formatted(filter, answer.code()));
      }
      subscribed = true;
    } else if (event instanceof ConnectionEvent.Lost loss) {
      lost(loss.trouble());
    }
    return Optional.empty();
  }

  private void lost(ConnectionFailure failure) throws IOException {
    long heldMs = welcome ? time.tickMs() - changedMs : 0;
    drop();
    if (failure.kind() == ConnectionFailure.Kind.REFUSED) {
      throw new IOException(failure.text());
    }
    faults.raise(Subsystem.BROKER, PLACE, failure.text(), time.tickMs());
    nextAttemptMs = time.tickMs() + reconnect.waitMs(failure, heldMs);
  }

  private void accept() {
    connection.ifPresent(current -> pending.ifPresent(current::accept));
    pending = Optional.empty();
  }

  private static void goodbye(Connection current) {
    current.disconnect();
    try {
      Optional<ConnectionEvent> event = current.await(ROUND);
      while (event.isPresent() && !(event.get() instanceof ConnectionEvent.Lost)) {
        event = current.await(ROUND);
      }
    } catch (InterruptedIOException e) {
      // Somebody is in a hurry.
    }
  }

  private void drop() {
    connection.ifPresent(Connection::drop);
    connection = Optional.empty();
    subscribed = false;
    welcome = false;
  }
}
