package dev.streetbox.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests the machine's clock; only lower bounds of durations are asserted. */
class SystemTimeTest {
  @Test
  void anInterruptedWaitEndsAndKeepsTheFlag() {
    SystemTime time = new SystemTime();
    Thread.currentThread().interrupt();
    assertThrows(InterruptedIOException.class, () -> time.sleep(Duration.ofDays(1)));
    assertTrue(Thread.interrupted());
  }

  @Test
  void aWaitIsNotShorterThanAsked() throws InterruptedIOException {
    SystemTime time = new SystemTime();
    long before = time.tickMs();
    time.sleep(Duration.ofMillis(20));
    assertTrue(time.tickMs() - before >= 19, "ticks are whole milliseconds");
  }

  @Test
  void atSpeedSixHundredAMinuteIsNotShorterThanAMinuteOfItsOwnTicks()
      throws InterruptedIOException {
    SystemTime time = new SystemTime(600);
    long before = time.tickMs();
    time.sleep(Duration.ofMinutes(1));
    assertTrue(time.tickMs() - before >= 59_000);
  }

  @Test
  void ticksBeginAtZeroAndNeverGoBack() {
    SystemTime time = new SystemTime(1000);
    long last = 0;
    for (int i = 0; i < 10_000; i++) {
      long now = time.tickMs();
      assertTrue(now >= last);
      last = now;
    }
  }

  @Test
  void atAnotherSpeedTheTimeOfDayRunsWithTheTicks() {
    SystemTime time = new SystemTime(100);
    long before = time.tickMs();
    Instant first = time.systemClock();
    Instant second = time.systemClock();
    long after = time.tickMs();
    long passedMs = Duration.between(first, second).toMillis();
    assertTrue(passedMs >= 0 && passedMs <= after - before);
  }

  @Test
  void aSpeedThatIsNotAboveZeroIsRefused() {
    for (double speed : new double[] {0, -1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new SystemTime(speed));
    }
    assertEquals(0, new SystemTime(1e-9).tickMs());
  }
}
