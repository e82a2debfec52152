package dev.streetbox.publish;

import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Timeline;
import dev.streetbox.mqtt.Connection;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.ConnectionFailure;
import dev.streetbox.mqtt.Connector;
import dev.streetbox.mqtt.KnownTime;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Owns the broker connection as a duty: connects, sends what the outbox has, acknowledges what the
 * broker has, and begins again after each loss. {@link #cycle} and {@link #close} are called by its
 * own thread, {@link #status} and {@link #wake} by any.
 */
public final class Publisher {
  /** A cycle waits for the next thing to happen at most this long, since deadlines are long. */
  private static final Duration ROUND = Duration.ofSeconds(1);

  /** The same while there is something to send that is only not due yet. */
  private static final Duration SHORT_ROUND = Duration.ofMillis(100);

  private static final long FLUSH_MS = 2000;
  private static final long GOODBYE_MS = 1000;

  private final PublishedBox box;
  private final Outbox outbox;
  private final Connector connector;
  private final Clocks clocks;
  private final Sender sender;
  private final LinkState link;
  private volatile Optional<Connection> connection = Optional.empty();
  private boolean dated;
  private volatile LinkStatus status;

  /**
   * A duty that has not touched the network yet.
   *
   * @param random what the waits between connections are drawn from
   */
  public Publisher(
      PublishedBox box, Connector connector, Clocks clocks, RandomGenerator random, Faults faults) {
    this.box = box;
    this.outbox = box.outbox();
    this.connector = connector;
    this.clocks = clocks;
    this.sender = new Sender(box, clocks, faults);
    this.link = new LinkState(clocks, random, faults);
    this.status = sender.status(link);
    outbox.onNewRow(this::wake);
  }

  /**
   * Takes what has happened, sends what may go, and waits a little for the next thing to happen.
   *
   * @return zero: the waiting is done
   * @throws IOException only if the thread was interrupted
   */
  public Duration cycle() throws IOException {
    if (connection.isEmpty()) {
      hurryOnceDated();
      if (box.names().isSettled() && link.isDue()) {
        connect();
      } else {
        clocks.real().sleep(SHORT_ROUND);
      }
    } else {
      round(connection.get());
    }
    status = sender.status(link);
    return Duration.ZERO;
  }

  /** Ends the wait of a running cycle: there is something new to send, or to end; any thread. */
  public void wake() {
    connection.ifPresent(Connection::wake);
  }

  /** Returns how the link is; any thread may ask. */
  public LinkStatus status() {
    return status;
  }

  /**
   * Sends the newest rows, waits at most two seconds for what is in flight, publishes {@code
   * offline} and disconnects; at most four seconds in all. What was not answered stays in the
   * outbox.
   */
  public void close() {
    // Whoever ends a duty may interrupt it; DISCONNECT is worth its second all the same.
    boolean interrupted = Thread.interrupted();
    try {
      if (link.isOnline()) {
        sender.hurry();
        sender.pump(connection.orElseThrow());
        await(FLUSH_MS, sender::isIdle);
      }
      if (link.isOnline()) {
        sender.sendOffline(connection.orElseThrow());
        await(GOODBYE_MS, sender::isIdle);
      }
      if (link.isOnline()) {
        disconnect(connection.orElseThrow());
      }
    } catch (IOException e) {
      // Interrupted again: the connection is dropped without DISCONNECT.
    } finally {
      connection.ifPresent(Connection::drop);
      connection = Optional.empty();
      link.ended();
      status = sender.status(link);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns what the box knows of the time: at least what it had reached before. */
  private KnownTime known() {
    Timeline timeline = outbox.timeline(outbox.boot());
    long tickMs = clocks.rows().tickMs();
    return new KnownTime(
        Instant.ofEpochMilli(timeline.utcMs(tickMs)), timeline.source(tickMs).key());
  }

  /** A time that is trusted at last may be what a certificate was waiting for. */
  private void hurryOnceDated() {
    if (!dated && !outbox.timeline(outbox.boot()).isEstimate()) {
      dated = true;
      link.hurry();
    }
  }

  private void connect() {
    try {
      connection = Optional.of(connector.open(sender.session(), this::known));
      link.connecting();
    } catch (IOException e) {
      lost(ConnectionFailure.refused(e.getMessage()));
    }
  }

  private void round(Connection current) throws IOException {
    Optional<ConnectionEvent> event = current.await(sender.isWaiting() ? SHORT_ROUND : ROUND);
    while (event.isPresent()) {
      take(current, event.get());
      event = connection.isPresent() ? current.poll() : Optional.empty();
    }
    if (connection.isEmpty()) {
      return;
    }
    if (link.isOverdue()) {
      lost(
          ConnectionFailure.network(
              "the broker does not answer: no network, or it is no MQTT broker"));
    } else if (link.isOnline() && sender.isOverdue()) {
      String text = "the broker no longer answers: the link is dead";
      lost(new ConnectionFailure(text, ConnectionFailure.Kind.SILENCE));
    } else if (link.isOnline()) {
      sender.pump(current);
    }
  }

  private void take(Connection current, ConnectionEvent event) {
    if (event instanceof ConnectionEvent.Connected welcome) {
      link.online();
      sender.opened(current, welcome);
    } else if (event instanceof ConnectionEvent.Answered answer) {
      sender.answered(answer);
    } else if (event instanceof ConnectionEvent.Lost loss) {
      lost(loss.trouble());
    }
  }

  private void lost(ConnectionFailure failure) {
    connection.ifPresent(Connection::drop);
    connection = Optional.empty();
    if (link.isOnline()) {
      sender.lost(failure);
    }
    link.lost(failure);
  }

  /** Takes what happens until that holds, the time is over, or the connection is gone. */
  private void await(long limitMs, BooleanSupplier done) throws IOException {
    long endMs = clocks.real().tickMs() + limitMs;
    while (connection.isPresent() && !done.getAsBoolean() && clocks.real().tickMs() < endMs) {
      Connection current = connection.get();
      Optional<ConnectionEvent> event = current.await(ROUND);
      if (event.isPresent()) {
        take(current, event.get());
      }
    }
  }

  private void disconnect(Connection current) throws IOException {
    current.disconnect();
    long endMs = clocks.real().tickMs() + GOODBYE_MS;
    boolean gone = false;
    while (!gone && clocks.real().tickMs() < endMs) {
      gone = current.await(ROUND).filter(ConnectionEvent.Lost.class::isInstance).isPresent();
    }
  }
}
