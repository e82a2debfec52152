package dev.streetbox.publish;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.JsonText;
import dev.streetbox.mqtt.DeliveryOutcome;
import dev.streetbox.mqtt.Message;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Sends the box's state, {@code about} and {@code diag}: the state on each connection, {@code
 * about} if it has changed since the broker accepted it, {@code diag} on the first connection and
 * then periodically. Used by the publisher's thread, except for {@link #requestAbout} and {@link
 * #requestDiag}.
 */
final class DocumentSender {
  /** The time after which a changed {@code about} is sent on a connection that lasts. */
  private static final Duration ABOUT_PERIOD = Duration.ofMinutes(1);

  private final MessageComposer composer;
  private final Supplier<Duration> diagPeriod;
  private final Time time;
  private final Transmitter transmitter;
  private final LatestMessageLane states = new LatestMessageLane();
  private final LatestMessageLane abouts = new LatestMessageLane();
  private final LatestMessageLane diags = new LatestMessageLane();
  private byte[] lastAbout = new byte[0];
  private long aboutDueMs;
  private OptionalLong lastDiagMs = OptionalLong.empty();
  private volatile boolean aboutRequested;
  private volatile boolean diagRequested;
  private Optional<BoxDocuments> documents = Optional.empty();

  /**
   * @param diagPeriod the time between two messages {@code diag}
   * @param time the clock of the rows
   */
  DocumentSender(
      MessageComposer composer, Supplier<Duration> diagPeriod, Time time, Transmitter transmitter) {
    this.composer = composer;
    this.diagPeriod = diagPeriod;
    this.time = time;
    this.transmitter = transmitter;
  }

  /** Sets the content of both messages; without it neither is sent. */
  void describe(BoxDocuments content) {
    documents = Optional.of(content);
  }

  /** Makes {@code about} due, also if it has not changed; may be called by any thread. */
  void requestAbout() {
    aboutRequested = true;
  }

  /** Makes {@code diag} due; may be called by any thread. */
  void requestDiag() {
    diagRequested = true;
  }

  /** Begins a new connection: the state is due, and {@code about} if it has changed. */
  void onConnected() {
    states.offer(composer.online(time.tickMs()));
    aboutDueMs = 0;
  }

  /** Sends the state, if it is due; to be called before all rows. */
  void sendState() {
    send(states, time.tickMs());
  }

  /** Sends {@code about} and {@code diag}, if they are due; to be called after all rows. */
  void sendDocuments() {
    long nowMs = time.tickMs();
    documents.ifPresent(
        content -> {
          offerAbout(content.about(), nowMs);
          offerDiag(content.diag(), nowMs);
        });
    send(abouts, nowMs);
    send(diags, nowMs);
  }

  /**
   * Applies the broker's answer to a message.
   *
   * @return the last level of its topic, if the message was one of these
   */
  Optional<String> onAnswer(long id, DeliveryOutcome outcome) {
    long nowMs = time.tickMs();
    if (states.onAnswer(id, outcome, nowMs)) {
      return Optional.of("state");
    }
    if (abouts.onAnswer(id, outcome, nowMs)) {
      return Optional.of("about");
    }
    return diags.onAnswer(id, outcome, nowMs) ? Optional.of("diag") : Optional.empty();
  }

  /** Applies a loss of the connection; {@code online} is offered anew by the next one. */
  void onConnectionLost() {
    abouts.onConnectionLost(time.tickMs());
    diags.onConnectionLost(time.tickMs());
  }

  /** Returns whether the state may become due without any answer. */
  boolean isWaiting() {
    return states.isWaiting(time.tickMs());
  }

  private void offerAbout(JsonText.Content members, long nowMs) {
    boolean requested = aboutRequested;
    if (!requested && nowMs < aboutDueMs) {
      return;
    }
    aboutRequested = false;
    aboutDueMs = nowMs + ABOUT_PERIOD.toMillis();
    Message about = composer.about(members);
    if (requested || !Arrays.equals(about.payload(), lastAbout)) {
      lastAbout = about.payload();
      abouts.offer(about);
    }
  }

  private void offerDiag(JsonText.Content members, long nowMs) {
    // The period is read each time, because a command may change it.
    boolean isDue =
        lastDiagMs.isEmpty() || nowMs - lastDiagMs.getAsLong() >= diagPeriod.get().toMillis();
    if (diagRequested || isDue) {
      diagRequested = false;
      lastDiagMs = OptionalLong.of(nowMs);
      diags.offer(composer.diag(members));
    }
  }

  private void send(LatestMessageLane lane, long nowMs) {
    Optional<Message> message = transmitter.mayPublish() ? lane.next(nowMs) : Optional.empty();
    // A description that is too large for the broker waits for a smaller one; a state is smaller
    // than any limit in use.
    if (message.filter(next -> lane == states || transmitter.fits(next)).isPresent()) {
      long id = transmitter.newId();
      lane.markSent(id);
      transmitter.publish(id, message.get());
    }
  }
}
