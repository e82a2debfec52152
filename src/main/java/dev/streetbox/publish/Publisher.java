package dev.streetbox.publish;

import dev.streetbox.command.Commands;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Timeline;
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
 * Owns the broker connection as a duty: connects, sends what the outbox holds, applies the broker's
 * answers, and reconnects after each loss. {@link #cycle} and {@link #close} are called by one
 * thread, {@link #status} and {@link #wake} by any.
 */
public final class Publisher {
  /** The wait of a cycle without a connection. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  private static final ConnectionFailure PAUSED =
      new ConnectionFailure("closed near a privacy zone", ConnectionFailure.Kind.CONNECTION);

  private final PublishedBox box;
  private final Connector connector;
  private final Faults faults;
  private final PublishedNames names;
  private final Outbox outbox;
  private final Clocks clocks;
  private final Sender sender;
  private final LinkState state;
  private final BrokerLink link;
  private final OrderlyClose orderlyClose;
  private volatile BooleanSupplier mayConnect = () -> true;
  private Optional<FormerSession> former = Optional.empty();
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
    this.box = box;
    this.connector = connector;
    this.faults = faults;
    this.names = box.names();
    this.outbox = box.outbox();
    this.clocks = clocks;
    this.sender = new Sender(box, clocks, faults);
    this.state = new LinkState(clocks, random, faults);
    this.link = new BrokerLink(connector, clocks, sender, state, this::knownTime);
    this.orderlyClose = new OrderlyClose(sender, state, link);
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
    box.remote().takeBackDue(clocks.rows().tickMs());
    if (!mayConnect.getAsBoolean()) {
      pause();
    } else if (link.isOpen()) {
      link.serve();
      if (state.isOnline()) {
        former.ifPresent(FormerSession::step);
      }
    } else {
      retryOnceDated();
      if (names.isAssigned() && state.isDue()) {
        box.remote().keepOnlyOf(names.of(outbox.boot()).box());
        link.connect();
      } else {
        clocks.real().sleep(PAUSE);
      }
    }
    status = sender.status(state);
    return Duration.ZERO;
  }

  /**
   * Restricts the connection to the time while a condition holds; otherwise the connection is
   * closed in order and none is made. Called before the first cycle.
   *
   * @param condition is called by the publisher's thread
   */
  public void connectOnlyWhile(BooleanSupplier condition) {
    mayConnect = condition;
  }

  /**
   * Receives commands, answers them, and takes those that wait for the name of the day before.
   * Called before the first cycle.
   *
   * @param taken the name of which the waiting commands were taken last
   */
  public void receive(Commands commands, TakenSession taken) {
    CommandTopics topics = new CommandTopics(box.settings().topicRoot(), names, outbox.boot());
    CommandLane lane = new CommandLane(commands, topics);
    FormerSession session =
        new FormerSession(connector, this::knownTime, names, taken, lane, clocks.real());
    sender.receive(lane, new CommandSubscription(topics, faults));
    link.waitShortlyWhile(session::isOpen);
    former = Optional.of(session);
    commands.onHandled(this::wake);
  }

  /** Ends the wait of a running cycle; may be called by any thread. */
  public void wake() {
    link.wake();
  }

  /**
   * Sets the content of {@code about} and {@code diag}; without it neither is published. Called
   * before the first cycle.
   */
  public void describe(BoxDocuments content) {
    sender.describe(content);
  }

  /** Publishes {@code about} again; may be called by any thread. */
  public void publishAbout() {
    sender.requestAbout();
    wake();
  }

  /** Publishes {@code diag} now; may be called by any thread. */
  public void publishDiag() {
    sender.requestDiag();
    wake();
  }

  /** Returns the state of the link after the last cycle; may be called by any thread. */
  public LinkStatus status() {
    return status;
  }

  /**
   * Sends the newest rows, publishes {@code offline} and disconnects; takes at most 4 s in all.
   * Rows that were not answered stay in the outbox. Also works if the thread is interrupted, and
   * leaves the interrupt flag as it was.
   */
  public void close() {
    former.ifPresent(FormerSession::drop);
    orderlyClose.run();
    status = sender.status(state);
  }

  /** Closes an open connection in order; what was in flight is sent again later. */
  private void pause() throws IOException {
    former.filter(FormerSession::isOpen).ifPresent(FormerSession::drop);
    if (link.isOpen()) {
      boolean online = state.isOnline();
      orderlyClose.run();
      if (online) {
        sender.onConnectionLost(PAUSED);
      }
    }
    clocks.real().sleep(PAUSE);
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
