package dev.streetbox.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TimeKeeperTest {
  private static final Instant BUILT = Instant.parse("2026-11-01T00:00:00Z");
  private static final long NOW_MS = Instant.parse("2027-02-03T04:05:06Z").toEpochMilli();

  private final Faults faults = new Faults();
  private final TimeKeeper keeper = new TimeKeeper(5, BUILT, faults);

  private List<Anchor> hear(long... tickAndUtc) {
    List<Anchor> anchors = new ArrayList<>();
    for (int i = 0; i < tickAndUtc.length; i += 2) {
      keeper.offer(new ClockReading(tickAndUtc[i], tickAndUtc[i + 1], TimeSource.GNSS));
      keeper.next().ifPresent(anchors::add);
    }
    return anchors;
  }

  @Test
  void threeReadingsThatAgreeAreAnAnchorAtTheLeastDelayed() {
    List<Anchor> anchors = hear(1_400, NOW_MS, 2_150, NOW_MS + 1_000, 3_300, NOW_MS + 2_000);
    assertEquals(
        List.of(new Anchor(5, 2_150, NOW_MS + 1_000, TimeSource.GNSS, TimeKeeper.TOLERANCE_MS)),
        anchors);
  }

  @Test
  void aTickHasATimeOfDayOnceAClockIsBelieved() {
    hear(1_400, NOW_MS, 2_150, NOW_MS + 1_000);
    assertEquals(OptionalLong.empty(), keeper.utcMs(2_150));
    hear(3_300, NOW_MS + 2_000);
    assertEquals(OptionalLong.of(NOW_MS + 1_000), keeper.utcMs(2_150));
    assertEquals(OptionalLong.of(NOW_MS + 60_850), keeper.utcMs(62_000));
    assertEquals(OptionalLong.of(NOW_MS - 1_150), keeper.utcMs(0));
  }

  @Test
  void aJumpBetweenReadingsBeginsTheCountAnew() {
    assertEquals(
        List.of(),
        hear(
            1_000,
            NOW_MS,
            2_000,
            NOW_MS + 1_000,
            3_000,
            NOW_MS + 604_800_000,
            4_000,
            NOW_MS + 604_801_000));
  }

  @Test
  void aTimeBeforeTheBuildOrFarBeyondItIsRefusedAndAFault() {
    long rollover = NOW_MS - Duration.ofDays(7 * 1024).toMillis();
    long year2080 = Instant.parse("2080-01-06T00:00:00Z").toEpochMilli();
    for (long wrong : new long[] {0, rollover, year2080}) {
      assertEquals(List.of(), hear(1_000, wrong, 2_000, wrong + 1_000, 3_000, wrong + 2_000));
    }
    assertTrue(faults.list().get(0).active());
    assertEquals(9, faults.list().get(0).count());
  }

  @Test
  void aBelievedSourceIsWrittenDownAgainEveryTenMinutesOnly() {
    int anchors = 0;
    for (int second = 1; second <= 1_300; second++) {
      anchors += hear(second * 1_000L, NOW_MS + second * 1_000L).size();
    }
    assertEquals(3, anchors);
  }

  @Test
  void theEstimateIsNeverBeforeTheBuild() {
    Anchor estimate = keeper.estimate(12, Instant.EPOCH);
    assertEquals(BUILT.toEpochMilli(), estimate.utcMs());
    assertEquals(TimeSource.EST, estimate.source());
    assertEquals(Optional.empty(), keeper.next());
  }
}
