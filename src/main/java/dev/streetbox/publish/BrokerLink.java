package dev.streetbox.publish;

import dev.streetbox.mqtt.Connection;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.ConnectionFailure;
import dev.streetbox.mqtt.Connector;
import dev.streetbox.mqtt.KnownTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Holds the current connection: opens it, passes its events to the {@link Sender} and the {@link
 * LinkState}, and drops it when it is lost. Used by the publisher's thread, except for {@link
 * #wake}.
 */
final class BrokerLink {
  /** Limits the wait for the next event. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(1);

  /** Limits that wait while something may become due without an event. */
  private static final Duration SHORT_WAIT = Duration.ofMillis(100);

  private final Connector connector;
  private final Clocks clocks;
  private final Sender sender;
  private final LinkState state;
  private final Supplier<KnownTime> knownTime;
  private BooleanSupplier isBusy = () -> false;

  /** Tells whether a further batch of the backlog may be sent without a wait. */
  private boolean isMoreDue;

  private volatile Optional<Connection> connection = Optional.empty();

  /**
   * @param knownTime the time by which certificates are verified; called by the connecting thread
   */
  BrokerLink(
      Connector connector,
      Clocks clocks,
      Sender sender,
      LinkState state,
      Supplier<KnownTime> knownTime) {
    this.connector = connector;
    this.clocks = clocks;
    this.sender = sender;
    this.state = state;
    this.knownTime = knownTime;
  }

  /** Shortens the waits while something is due without an event of the connection. */
  void waitShortlyWhile(BooleanSupplier condition) {
    isBusy = condition;
  }

  /** Returns whether a connection is being made or is made. */
  boolean isOpen() {
    return connection.isPresent();
  }

  /** Begins a connection attempt. */
  void connect() {
    try {
      connection = Optional.of(connector.open(sender.session(), knownTime));
      isMoreDue = false;
      state.onConnecting();
    } catch (IOException e) {
      onLost(ConnectionFailure.refused(e.getMessage()));
    }
  }

  /** Ends a running wait for events; may be called by any thread. */
  void wake() {
    connection.ifPresent(Connection::wake);
  }

  /**
   * Waits for events unless more is due, handles them, drops a connection that no longer answers,
   * and sends what is due, of the backlog one batch.
   *
   * @throws IOException only if the thread was interrupted
   */
  void serve() throws IOException {
    Connection current = connection.orElseThrow();
    Optional<ConnectionEvent> event = isMoreDue ? current.poll() : current.await(limit());
    isMoreDue = false;
    while (event.isPresent()) {
      handle(current, event.get());
      event = isOpen() ? current.poll() : Optional.empty();
    }
    if (!isOpen()) {
      return;
    }
    if (state.isOverdue()) {
      onLost(
          ConnectionFailure.network(
              "the broker does not answer: no network, or it is no MQTT broker"));
    } else if (state.isOnline() && sender.isOverdue()) {
      String text = "the broker no longer answers: the connection is lost";
      onLost(new ConnectionFailure(text, ConnectionFailure.Kind.SILENCE));
    } else if (state.isOnline()) {
      isMoreDue = sender.sendDue();
    }
  }

  private Duration limit() {
    return sender.isWaiting() || isBusy.getAsBoolean() ? SHORT_WAIT : MAX_WAIT;
  }

  /**
   * Handles events until a condition holds, the time limit is reached or the connection is lost.
   *
   * @throws IOException only if the thread was interrupted
   */
  void serveUntil(BooleanSupplier condition, long limitMs) throws IOException {
    long endMs = clocks.real().tickMs() + limitMs;
    while (isOpen() && !condition.getAsBoolean() && clocks.real().tickMs() < endMs) {
      Connection current = connection.orElseThrow();
      Optional<ConnectionEvent> event = current.await(MAX_WAIT);
      if (event.isPresent()) {
        handle(current, event.get());
      }
    }
  }

  /**
   * Sends DISCONNECT and waits until it is sent.
   *
   * @throws IOException only if the thread was interrupted
   */
  void disconnect(long limitMs) throws IOException {
    Connection current = connection.orElseThrow();
    current.disconnect();
    long endMs = clocks.real().tickMs() + limitMs;
    boolean sent = false;
    while (!sent && clocks.real().tickMs() < endMs) {
      sent = current.await(MAX_WAIT).filter(ConnectionEvent.Lost.class::isInstance).isPresent();
    }
  }

  /** Drops the connection, if there is one; does not count as a loss. */
  void drop() {
    connection.ifPresent(Connection::drop);
    connection = Optional.empty();
    state.onClosed();
  }

  private void handle(Connection current, ConnectionEvent event) {
    if (event instanceof ConnectionEvent.Connected connected) {
      state.onConnected();
      sender.onConnected(current, connected);
    } else if (event instanceof ConnectionEvent.Answered answer) {
      state.onAnswered();
      sender.onAnswer(answer);
    } else if (event instanceof ConnectionEvent.Arrived arrived) {
      sender.onArrived(arrived);
    } else if (event instanceof ConnectionEvent.Subscribed answer) {
      sender.onSubscribed(answer);
    } else if (event instanceof ConnectionEvent.Lost loss) {
      onLost(loss.cause());
    }
  }

  private void onLost(ConnectionFailure cause) {
    connection.ifPresent(Connection::drop);
    connection = Optional.empty();
    if (state.isOnline()) {
      sender.onConnectionLost(cause);
    }
    state.onLost(cause);
  }
}
