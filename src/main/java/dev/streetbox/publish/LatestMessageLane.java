package dev.streetbox.publish;

import dev.streetbox.mqtt.DeliveryOutcome;
import dev.streetbox.mqtt.Message;
import java.util.Optional;

/**
 * Selects the latest message of one topic to send, and again until the broker has accepted it. A
 * newer message replaces one that waits. Used by one thread.
 */
final class LatestMessageLane {
  /**
   * The losses with the message in flight after which the lane waits, because some brokers close a
   * connection instead of denying a topic.
   */
  private static final int LOSS_LIMIT = 3;

  private final TopicBackoff backoff = new TopicBackoff();
  private Optional<Message> waiting = Optional.empty();
  private Optional<Message> inFlight = Optional.empty();
  private long inFlightId;
  private int losses;
  private long holdUntilMs;

  /** Makes a message due in place of any other. */
  void offer(Message message) {
    waiting = Optional.of(message);
    inFlight = Optional.empty();
  }

  /** Returns the message, if it is to be sent now. */
  Optional<Message> next(long nowMs) {
    return isOpen(nowMs) ? waiting : Optional.empty();
  }

  /** Returns whether the message may become due without any answer. */
  boolean isWaiting(long nowMs) {
    return !isOpen(nowMs);
  }

  /** Notes that the message was sent. */
  void markSent(long id) {
    inFlightId = id;
    inFlight = waiting;
    waiting = Optional.empty();
  }

  /**
   * Applies the broker's answer, if the message was this lane's.
   *
   * @return whether it was
   */
  boolean onAnswer(long id, DeliveryOutcome outcome, long nowMs) {
    if (inFlight.isEmpty() || id != inFlightId) {
      return false;
    }
    losses = 0;
    backoff.onAnswer(outcome, nowMs);
    waiting = outcome == DeliveryOutcome.DELIVERED ? waiting : waiting.or(() -> inFlight);
    inFlight = Optional.empty();
    return true;
  }

  /**
   * Applies a loss of the connection: a message in flight waits again, for 5 min if it was in
   * flight at three losses in succession.
   */
  void onConnectionLost(long nowMs) {
    if (inFlight.isEmpty()) {
      return;
    }
    waiting = waiting.or(() -> inFlight);
    inFlight = Optional.empty();
    losses++;
    if (losses >= LOSS_LIMIT) {
      losses = 0;
      holdUntilMs = nowMs + TopicBackoff.HOLD.toMillis();
    }
  }

  private boolean isOpen(long nowMs) {
    return nowMs >= holdUntilMs && backoff.isOpen(nowMs);
  }
}
