package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Faults;
import dev.streetbox.mqtt.ConnectionFailure;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Checks the time limits of attempts and the waits between them, with the longest waits drawn. */
class LinkStateTest {
  private static final ConnectionFailure GONE = ConnectionFailure.network("gone");

  /** Draws the largest number below the bound. */
  private static final class Longest implements RandomGenerator {
    @Override
    public long nextLong() {
      return Long.MAX_VALUE;
    }

    @Override
    public long nextLong(long bound) {
      return bound - 1;
    }
  }

  private final ScriptedTime time = new ScriptedTime();
  private final LinkState state =
      new LinkState(new Clocks(time, time), new Longest(), new Faults());

  @Test
  void theTimeLimitOfAnAttemptCountsFromItsStart() {
    time.pass(Duration.ofSeconds(20));
    state.onConnecting();
    time.pass(Duration.ofSeconds(30));
    assertFalse(state.isOverdue());
    time.pass(Duration.ofMillis(1));
    assertTrue(state.isOverdue());
  }

  @Test
  void aConnectionThatHeldForTenSecondsDoesNotResetTheWaits() {
    state.onLost(GONE);
    time.pass(Duration.ofSeconds(40));
    state.onConnected();
    time.pass(Duration.ofSeconds(10));
    state.onLost(GONE);
    assertWaitMs(1000);
  }

  @Test
  void aConnectionThatHeldForAMinuteResetsTheWaits() {
    state.onLost(GONE);
    state.onConnected();
    time.pass(Duration.ofMinutes(1));
    state.onLost(GONE);
    assertWaitMs(500);
  }

  @Test
  void aConnectionCountsFromItsConnack() {
    time.pass(Duration.ofSeconds(20));
    state.onConnected();
    time.pass(Duration.ofSeconds(20));
    state.onAnswered();
    assertEquals(20_000, state.sinceMs());
  }

  @Test
  void theTimeOfflineCountsFromTheLastAnswerAndNotFromAnAttempt() {
    state.onConnected();
    time.pass(Duration.ofSeconds(20));
    state.onAnswered();
    time.pass(Duration.ofSeconds(10));
    for (int i = 0; i < 3; i++) {
      state.onLost(GONE);
      time.pass(Duration.ofSeconds(10));
      state.onConnecting();
      assertEquals(20_000, state.sinceMs());
    }
    state.onConnected();
    state.onLost(GONE);
    assertEquals(60_000, state.sinceMs(), "a CONNACK is an answer");
  }

  @Test
  void theTimeOfflineCountsFromTheStartOfTheBootIfTheBrokerNeverAnswered() {
    time.pass(Duration.ofSeconds(20));
    state.onLost(GONE);
    assertEquals(0, state.sinceMs());
  }

  private void assertWaitMs(long waitMs) {
    time.pass(Duration.ofMillis(waitMs - 1));
    assertFalse(state.isDue());
    time.pass(Duration.ofMillis(1));
    assertTrue(state.isDue());
  }
}
