package dev.streetbox.publish;

import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Timeline;
import dev.streetbox.mqtt.Connector;
import dev.streetbox.mqtt.KnownTime;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Owns the broker connection as a duty: connects, sends what the outbox holds, applies the broker's
 * answers, and reconnects after each loss. {@link #cycle} and {@link #close} are called by one
 * thread, {@link #status} and {@link #wake} by any.
 */
public final class Publisher {
  /** The wait of a cycle without a connection. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  private static final long FLUSH_LIMIT_MS = 2000;
  private static final long OFFLINE_LIMIT_MS = 1000;
  private static final long DISCONNECT_LIMIT_MS = 1000;

  private final PublishedNames names;
  private final Outbox outbox;
  private final Clocks clocks;
  private final Sender sender;
  private final LinkState state;
  private final BrokerLink link;
  private boolean dated;
  private volatile LinkStatus status;

  /**
   * Creates a duty that has not opened a connection.
   *
   * @param random the source of the waits between connections
   * @param faults takes the faults of the link and of the topics
   */
  public Publisher(
      PublishedBox box, Connector connector, Clocks clocks, RandomGenerator random, Faults faults) {
    this.names = box.names();
    this.outbox = box.outbox();
    this.clocks = clocks;
    this.sender = new Sender(box, clocks, faults);
    this.state = new LinkState(clocks, random, faults);
    this.link = new BrokerLink(connector, clocks, sender, state, this::knownTime);
    this.status = sender.status(state);
    outbox.onNewRow(this::wake);
  }

  /**
   * Connects if an attempt is due, waits up to 1 s for events, handles them, and sends what is due.
   *
   * @return zero, because the cycle has already waited
   * @throws IOException only if the thread was interrupted
   */
  public Duration cycle() throws IOException {
    if (link.isOpen()) {
      link.serve();
    } else {
      retryOnceDated();
      if (names.isAssigned() && state.isDue()) {
        link.connect();
      } else {
        clocks.real().sleep(PAUSE);
      }
    }
    status = sender.status(state);
    return Duration.ZERO;
  }

  /** Ends the wait of a running cycle; may be called by any thread. */
  public void wake() {
    link.wake();
  }

  /** Returns the state of the link after the last cycle; may be called by any thread. */
  public LinkStatus status() {
    return status;
  }

  /**
   * Sends the newest rows, waits at most 2 s for the answers in flight, publishes {@code offline}
   * and disconnects; takes at most 4 s in all. Rows that were not answered stay in the outbox. Also
   * works if the thread is interrupted, and leaves the interrupt flag as it was.
   */
  public void close() {
    // The flag is cleared meanwhile, because an interrupt ends the duty but not the DISCONNECT.
    boolean interrupted = Thread.interrupted();
    try {
      if (state.isOnline()) {
        sender.makeLiveDue();
        sender.sendDue();
        link.serveUntil(sender::isIdle, FLUSH_LIMIT_MS);
      }
      if (state.isOnline()) {
        sender.sendOffline();
        link.serveUntil(sender::isIdle, OFFLINE_LIMIT_MS);
      }
      if (state.isOnline()) {
        link.disconnect(DISCONNECT_LIMIT_MS);
      }
    } catch (IOException e) {
      // A second interrupt drops the connection without DISCONNECT.
    } finally {
      link.drop();
      status = sender.status(state);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns the best known time; it is never before the last time of an earlier boot. */
  private KnownTime knownTime() {
    Timeline timeline = outbox.timeline(outbox.boot());
    long tickMs = clocks.rows().tickMs();
    return new KnownTime(
        Instant.ofEpochMilli(timeline.utcMs(tickMs)), timeline.source(tickMs).key());
  }

  /**
   * Makes the next attempt due when the time is first trusted, because a wrong time may have made a
   * certificate invalid.
   */
  private void retryOnceDated() {
    if (!dated && !outbox.timeline(outbox.boot()).isEstimate()) {
      dated = true;
      state.retryNow();
    }
  }
}
