package dev.streetbox.publish;

import dev.streetbox.bus.Backoff;
import dev.streetbox.mqtt.DeliveryOutcome;
import java.time.Duration;

/**
 * Decides whether a topic may be sent to now; after a refusal it is closed for a while. Used by one
 * thread.
 */
final class TopicBackoff {
  /** The time for which a denied topic is closed, and the limit of the back-off. */
  static final Duration HOLD = Duration.ofMinutes(5);

  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), HOLD);
  private long closedUntilMs = Long.MIN_VALUE;
  private boolean refused;

  /** Returns whether the topic may be sent to. */
  boolean isOpen(long nowMs) {
    return nowMs >= closedUntilMs;
  }

  /**
   * Returns whether the last answer was a refusal, so that one message at a time is to be in flight
   * until one is accepted.
   */
  boolean isRefused() {
    return refused;
  }

  /** Applies the broker's answer to a message on this topic. */
  void onAnswer(DeliveryOutcome outcome, long nowMs) {
    refused = outcome != DeliveryOutcome.DELIVERED;
    switch (outcome) {
      case DELIVERED -> backoff.reset();
      case HOLD -> closedUntilMs = nowMs + HOLD.toMillis();
      case LATER, SPLIT, TOO_LARGE -> backOff(nowMs);
    }
  }

  /** Backs off once for all messages that were in flight together. */
  private void backOff(long nowMs) {
    if (isOpen(nowMs)) {
      closedUntilMs = nowMs + backoff.next().toMillis();
    }
  }
}
