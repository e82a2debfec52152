package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EpochsTest {
  private static final long UTC_MS = 1_795_420_800_000L;

  private final Epochs epochs = new Epochs();

  @Test
  void reportsOfAnyDelayGetTheTicksOfASteadyGrid() {
    Seeds.each(20, EpochsTest::requireSteadyGrid);
  }

  private static void requireSteadyGrid(long seed) {
    Epochs epochs = new Epochs();
    SplittableRandom random = new SplittableRandom(seed);
    long first = random.nextLong(10_000);
    double drift = random.nextDouble(-1e-4, 1e-4);
    for (int second = 0; second < 3_600; second++) {
      long trueMs = first + Math.round(second * 1_000 * (1 + drift));
      long arrivedMs = trueMs + 80 + random.nextLong(400);
      long tickMs = epochs.tickMs(UTC_MS + second * 1_000L, arrivedMs);
      assertTrue(tickMs <= arrivedMs);
      if (second > 60) {
        assertTrue(Math.abs(trueMs + 80 - tickMs) < 100, second + ": " + tickMs);
      }
    }
  }

  @Test
  void aClockThatIsSetIsFollowedAtOnce() {
    epochs.tickMs(UTC_MS, 100);
    assertEquals(1_100, epochs.tickMs(UTC_MS - 619_315_200_000L + 1_000, 1_300) - 200);
    assertEquals(2_100, epochs.tickMs(UTC_MS + 2_000, 2_100));
    assertEquals(3_101, epochs.tickMs(UTC_MS + 3_000, 3_400));
  }

  @Test
  void oneAbsurdTimeDoesNotChangeLaterTicks() {
    for (long absurd : new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}) {
      epochs.tickMs(UTC_MS, 1_000);
      long tickMs = epochs.tickMs(absurd, 2_000);
      assertTrue(tickMs >= 1_000 && tickMs <= 2_000, absurd + ": " + tickMs);
      assertEquals(3_100, epochs.tickMs(UTC_MS + 2_000, 3_100));
    }
  }

  @Test
  void aLogReplayedTwiceAsFastGetsItsArrivalTicks() {
    for (long report = 0; report < 100; report++) {
      assertEquals(report * 500, epochs.tickMs(UTC_MS + report * 1_000L, report * 500));
    }
  }

  @Test
  void aClockPutBackByASecondIsFollowedAfterTenReports() {
    SplittableRandom random = new SplittableRandom(7);
    for (int second = 0; second < 60; second++) {
      epochs.tickMs(UTC_MS + second * 1_000L, second * 1_000L + 80 + random.nextLong(400));
    }
    for (int second = 60; second < 120; second++) {
      long tickMs =
          epochs.tickMs(
              UTC_MS + (second - 1) * 1_000L, second * 1_000L + 80 + random.nextLong(400));
      if (second >= 80) {
        assertTrue(Math.abs(second * 1_000L + 80 - tickMs) <= 100, "second " + second);
      }
    }
  }

  @Test
  void aDelayThatRisesByOneSecondIsALateReportAndNoStep() {
    epochs.tickMs(UTC_MS, 100);
    assertEquals(1_101, epochs.tickMs(UTC_MS + 1_000, 2_100));
  }

  @Test
  void aDelayThatRisesBySevenTenthsOfASecondIsFollowedAtTheTenthReport() {
    epochs.tickMs(UTC_MS, 100);
    for (int report = 1; report < 10; report++) {
      long leastMs = 100L + report; // a millisecond more with each report
      long arrivedMs = report * 1_000L + leastMs - 1 + 700;
      assertEquals(report * 1_000L + leastMs, epochs.tickMs(UTC_MS + report * 1_000L, arrivedMs));
    }
    assertEquals(10_809, epochs.tickMs(UTC_MS + 10_000, 10_809));
  }

  @Test
  void atTheBeginningOfAMonthADelayThatRisesIsFollowedAtOnce() {
    long monthMs = Instant.parse("2027-01-01T00:00:00Z").toEpochMilli();
    epochs.tickMs(monthMs - 1_000, 100);
    assertEquals(1_800, epochs.tickMs(monthMs, 1_800));
  }
}
