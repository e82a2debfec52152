package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.mqtt.DeliveryOutcome;
import org.junit.jupiter.api.Test;

/** Checks for how long a topic is closed after a refusal. */
class TopicBackoffTest {
  private final TopicBackoff backoff = new TopicBackoff();

  @Test
  void eachRefusalInARowDoublesTheWaitUpToFiveMinutes() {
    long nowMs = 0;
    for (long waitMs : new long[] {1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000}) {
      nowMs = refuse(nowMs, waitMs);
    }
    nowMs = refuse(nowMs, 256_000);
    nowMs = refuse(nowMs, 300_000);
    backoff.onAnswer(DeliveryOutcome.DELIVERED, nowMs);
    refuse(nowMs, 1000);
  }

  @Test
  void refusalsOfMessagesInFlightTogetherCountOnce() {
    for (int i = 0; i < 20; i++) {
      backoff.onAnswer(DeliveryOutcome.LATER, 10);
    }
    assertTrue(backoff.isOpen(1010));
  }

  @Test
  void aDeniedTopicIsClosedForFiveMinutes() {
    backoff.onAnswer(DeliveryOutcome.HOLD, 7);
    assertFalse(backoff.isOpen(300_006));
    assertTrue(backoff.isOpen(300_007));
  }

  @Test
  void aRefusedPayloadClosesTheTopicLikeEachRefusal() {
    backoff.onAnswer(DeliveryOutcome.SPLIT, 7);
    assertFalse(backoff.isOpen(1006));
    assertTrue(backoff.isOpen(1007));
  }

  private long refuse(long nowMs, long waitMs) {
    backoff.onAnswer(DeliveryOutcome.LATER, nowMs);
    assertFalse(backoff.isOpen(nowMs + waitMs - 1));
    assertTrue(backoff.isOpen(nowMs + waitMs));
    return nowMs + waitMs;
  }
}
