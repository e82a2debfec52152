package dev.streetbox.publish;

import dev.streetbox.bus.Backoff;
import dev.streetbox.mqtt.DeliveryOutcome;
import java.time.Duration;

/**
 * Whether a topic may be sent to just now: closed for a while after a refusal. Used by one thread.
 */
final class TopicBackoff {
  private static final Duration HOLD = Duration.ofMinutes(5);

  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), HOLD);
  private long closedUntilMs = Long.MIN_VALUE;

  /** Whether it is open. */
  boolean isOpen(long nowMs) {
    return nowMs >= closedUntilMs;
  }

  /** The broker's answer to a message on this topic. */
  void answered(DeliveryOutcome outcome, long nowMs) {
    switch (outcome) {
      case DELIVERED -> backoff.reset();
      case HOLD -> closedUntilMs = nowMs + HOLD.toMillis();
      case LATER -> backOff(nowMs);
      case SPLIT -> {}
    }
  }

  /** Once for all that was in flight together. */
  private void backOff(long nowMs) {
    if (isOpen(nowMs)) {
      closedUntilMs = nowMs + backoff.next().toMillis();
    }
  }
}
