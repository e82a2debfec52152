package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Checks how answers and losses by silence change the timeout. */
class AnswerTimeoutTest {
  private final AnswerTimeout timeout = new AnswerTimeout();

  @Test
  void eachLossBySilenceDoublesTheTimeoutToTwoMinutes() {
    for (long limitMs : new long[] {10_000, 20_000, 40_000, 80_000, 120_000, 120_000}) {
      assertEquals(limitMs, timeout.timeoutMs());
      timeout.onSilence();
      timeout.onConnected();
    }
  }

  @Test
  void aSilenceAfterAQuickAnswerKeepsTheTimeoutShort() {
    timeout.onAnswer(2000, false);
    timeout.onSilence();
    timeout.onConnected();
    assertEquals(10_000, timeout.timeoutMs());
  }

  @Test
  void aQuickAnswerOfAnEarlierConnectionDoesNotCount() {
    timeout.onAnswer(2000, false);
    timeout.onConnected();
    timeout.onSilence();
    assertEquals(20_000, timeout.timeoutMs());
  }

  @Test
  void aQuickAnswerMakesTheTimeoutShortAgain() {
    timeout.onSilence();
    timeout.onAnswer(2001, false);
    assertEquals(20_000, timeout.timeoutMs());
    timeout.onAnswer(2000, false);
    assertEquals(10_000, timeout.timeoutMs());
  }

  @Test
  void aQuickAnswerToTheFirstMessageDoesNotCount() {
    timeout.onSilence();
    timeout.onAnswer(100, true);
    assertEquals(20_000, timeout.timeoutMs());
    timeout.onSilence();
    assertEquals(40_000, timeout.timeoutMs());
  }

  @Test
  void theTimeoutIsThreeTimesTheSlowestAnswerUntilAQuickOne() {
    timeout.onAnswer(8000, true);
    timeout.onAnswer(3000, false);
    assertEquals(24_000, timeout.timeoutMs());
    timeout.onAnswer(50_000, false);
    assertEquals(120_000, timeout.timeoutMs());
    timeout.onAnswer(100, false);
    assertEquals(10_000, timeout.timeoutMs());
  }

  @Test
  void theSlowestAnswerIsThatOfTheConnection() {
    timeout.onAnswer(8000, false);
    timeout.onConnected();
    assertEquals(10_000, timeout.timeoutMs());
  }
}
