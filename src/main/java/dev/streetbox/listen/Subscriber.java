package dev.streetbox.listen;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.mqtt.BrokerFeature;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Receives messages of boxes and reconnects after each loss. A message of {@link #next} is
 * acknowledged by the next call, one of {@link #receive} by the caller, so that with a durable
 * session no message is lost before it is processed. Used by one thread.
 */
public final class Subscriber implements AutoCloseable {
  private static final Duration MAX_WAIT = Duration.ofMillis(100);
  private static final long SUBSCRIBE_LIMIT_MS = 30_000;
  private static final String PLACE = "broker";

  private final Connector connector;
  private final Time time;
  private final List<String> filters;
  private final Session session;
  private final Reconnect reconnect;
  private final Faults faults = new Faults();
  private Optional<Connection> connection = Optional.empty();
  private Optional<Delivery> pending = Optional.empty();
  private Optional<String> publishFault = Optional.empty();
  private long lastPublished;
  private boolean subscribed;
  private int granted;
  private boolean isConnected;
  private boolean everConnected;
  private boolean continued;
  private long changedMs;
  private long nextAttemptMs;

  /**
   * Creates a subscriber that has not opened a connection.
   *
   * @param time real time
   * @param random the source of client ids and of the waits between connections
   */
  public Subscriber(
      Connector connector, Subscription subscription, Time time, RandomGenerator random) {
    this.connector = connector;
    this.time = time;
    this.filters = subscription.filters();
    this.session = subscription.session(random);
    this.reconnect = new Reconnect(random);
  }

  /** Returns whether the subscription is granted on the current connection. */
  public boolean isSubscribed() {
    return subscribed;
  }

  /**
   * Returns whether the broker had kept the session from an earlier run, so that its messages
   * continue where that run ended.
   */
  public boolean hasContinuedSession() {
    return continued;
  }

  /** Returns why the last connection was lost, or could not be made; empty if none was. */
  public Optional<String> fault() {
    return faults.list().stream().map(Faults.Fault::text).findFirst();
  }

  /**
   * Leaves the last message unacknowledged, so that the broker of a durable session sends it again
   * to the next run.
   */
  public void leaveUnacknowledged() {
    pending = Optional.empty();
  }

  /**
   * Acknowledges the last message and waits for the next; connects if there is no connection.
   *
   * @param limit the longest wait
   * @return the message; empty if none came within the limit
   * @throws IOException if login, certificate or subscription is refused, or the thread was
   *     interrupted; the caller closes the subscriber
   */
  public Optional<Message> next(Duration limit) throws IOException {
    acknowledgePending();
    pending = receive(limit);
    return pending.map(Delivery::message);
  }

  /**
   * Waits for a message, which the caller acknowledges; connects if there is no connection. At most
   * as many messages are unacknowledged as the connector's Receive Maximum allows.
   *
   * @param limit the longest wait
   * @return the message; empty if none came within the limit
   * @throws IOException as {@link #next} does
   */
  public Optional<Delivery> receive(Duration limit) throws IOException {
    long endMs = time.tickMs() + limit.toMillis();
    do {
      Optional<Delivery> arrived = step(endMs);
      if (arrived.isPresent()) {
        return arrived;
      }
    } while (time.tickMs() < endMs);
    return Optional.empty();
  }

  /**
   * Publishes a message at QoS 1, without waiting for the broker's answer.
   *
   * @return whether there is a connection; if it is lost, the broker may have the message or not
   */
  public boolean publish(Message message) {
    if (!subscribed || connection.isEmpty()) {
      return false;
    }
    connection.get().publish(++lastPublished, message);
    return true;
  }

  /** Returns why the broker refused the last message that it refused; empty if it refused none. */
  public Optional<String> publishFault() {
    return publishFault;
  }

  /** Acknowledges the last message, sends DISCONNECT and closes the connection. */
  @Override
  public void close() {
    acknowledgePending();
    if (connection.isPresent() && isConnected) {
      disconnect(connection.get());
    }
    drop();
  }

  private Optional<Delivery> step(long endMs) throws IOException {
    Duration wait =
        Duration.ofMillis(Math.max(0, Math.min(MAX_WAIT.toMillis(), endMs - time.tickMs())));
    if (connection.isEmpty()) {
      if (time.tickMs() < nextAttemptMs) {
        time.sleep(wait);
        return Optional.empty();
      }
      connection = Optional.of(connector.open(session, () -> KnownTime.ofSystemClock(time)));
      changedMs = time.tickMs();
    }
    Optional<ConnectionEvent> event = connection.get().await(wait);
    if (event.isEmpty() && !subscribed && time.tickMs() - changedMs > SUBSCRIBE_LIMIT_MS) {
      onLost(
          ConnectionFailure.network(
              "the broker does not answer: no network, or it is no MQTT broker"));
    }
    return event.isPresent() ? handle(event.get()) : Optional.empty();
  }

  private Optional<Delivery> handle(ConnectionEvent event) throws IOException {
    if (event instanceof ConnectionEvent.Arrived arrived) {
      return Optional.of(new Delivery(connection.orElseThrow(), arrived));
    }
    if (event instanceof ConnectionEvent.Connected connected) {
      faults.clear(PLACE);
      isConnected = true;
      checkFeatures(connected.missing());
      subscribed = connected.sessionPresent();
      continued |= subscribed && !everConnected;
      everConnected = true;
      // Also within a session that the broker has kept, because that may be of another filter.
      filters.forEach(connection.orElseThrow()::subscribe);
    } else if (event instanceof ConnectionEvent.Subscribed answer) {
      if (answer.code() >= 0x80) {
        throw new IOException(
            "the broker denies the subscription to %s (0x%02x): check its ACL"
                .formatted(String.join(" ", filters), answer.code()));
      }
      granted++;
      subscribed |= granted == filters.size();
    } else if (event instanceof ConnectionEvent.Answered answer && answer.code() >= 0x80) {
      publishFault =
          Optional.of(
              "the broker refuses a published message (%s): check its ACL"
                  .formatted(ConnectionFailure.hex(answer.code(), answer.reasonString())));
    } else if (event instanceof ConnectionEvent.Lost loss) {
      onLost(loss.cause());
    }
    return Optional.empty();
  }

  private void checkFeatures(Set<BrokerFeature> missing) throws IOException {
    if (missing.contains(BrokerFeature.SHARED_SUBSCRIPTION)
        && filters.stream().anyMatch(filter -> filter.startsWith("$share/"))) {
      throw new IOException(
          "the broker offers no shared subscriptions: leave out --group, or allow them on the"
              + " broker");
    }
    boolean hasWildcard = filters.stream().anyMatch(f -> f.contains("+") || f.contains("#"));
    if (missing.contains(BrokerFeature.WILDCARD) && hasWildcard) {
      throw new IOException(
          "the broker offers no wildcard subscriptions, which %s needs: allow them on the broker"
              .formatted(String.join(" ", filters)));
    }
  }

  private void onLost(ConnectionFailure cause) throws IOException {
    long heldMs = isConnected ? Math.max(1, time.tickMs() - changedMs) : 0;
    drop();
    if (cause.kind() == ConnectionFailure.Kind.REFUSED) {
      throw new IOException(cause.text());
    }
    faults.raise(Subsystem.BROKER, PLACE, cause.text(), time.tickMs());
    nextAttemptMs = time.tickMs() + reconnect.nextWaitMs(cause, heldMs);
  }

  private void acknowledgePending() {
    pending.ifPresent(Delivery::acknowledge);
    pending = Optional.empty();
  }

  private static void disconnect(Connection current) {
    current.disconnect();
    try {
      Optional<ConnectionEvent> event = current.await(MAX_WAIT);
      while (event.isPresent() && !(event.get() instanceof ConnectionEvent.Lost)) {
        event = current.await(MAX_WAIT);
      }
    } catch (InterruptedIOException e) {
      // The connection is dropped without waiting for DISCONNECT to be sent.
    }
  }

  private void drop() {
    connection.ifPresent(Connection::drop);
    connection = Optional.empty();
    subscribed = false;
    granted = 0;
    isConnected = false;
  }
}
