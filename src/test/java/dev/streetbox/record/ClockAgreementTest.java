package dev.streetbox.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.ClockReading;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests which readings of one clock count, at the limits of times and differences. */
class ClockAgreementTest {
  private static final long NOW_MS = Instant.parse("2027-02-03T04:05:06Z").toEpochMilli();

  private final ClockAgreement agreement = new ClockAgreement();

  /** Adds a reading whose offset is {@code aheadMs} greater than that of an exact clock. */
  private void add(long tickMs, long aheadMs) {
    agreement.add(ClockReading.ntp(tickMs, NOW_MS + tickMs + aheadMs));
  }

  private void addExact(long... ticksMs) {
    for (long tickMs : ticksMs) {
      add(tickMs, 0);
    }
  }

  @Test
  void theThirdReadingMakesAClockCurrent() {
    addExact(1_000, 2_000);
    assertFalse(agreement.isCurrent(2_000));
    addExact(3_000);
    assertTrue(agreement.isCurrent(3_000));
  }

  @Test
  void readingsHalfASecondApartAreOfTwoEpochs() {
    addExact(0, 500, 1_000);
    assertTrue(agreement.isCurrent(1_000));
  }

  @Test
  void readingsLessThanHalfASecondApartAreOfOneEpoch() {
    addExact(0, 499, 998);
    assertFalse(agreement.isCurrent(998));
  }

  @Test
  void readingsTenSecondsApartStillAgree() {
    addExact(0, 10_000, 20_000);
    assertTrue(agreement.isCurrent(20_000));
    assertEquals(20_000, agreement.heldMs());
  }

  @Test
  void aLongerSilenceRestartsTheCount() {
    addExact(0, 1_000, 2_000, 12_001);
    assertFalse(agreement.isCurrent(12_001));
    assertEquals(0, agreement.heldMs());
  }

  @Test
  void aClockIsCurrentUntilTenSecondsAfterItsLastReading() {
    addExact(0, 1_000, 2_000);
    assertTrue(agreement.isCurrent(12_000));
    assertFalse(agreement.isCurrent(12_001));
  }

  @Test
  void offsetsThatDifferByOneSecondAgree() {
    addExact(0, 1_000);
    add(2_000, 1_000);
    assertTrue(agreement.isCurrent(2_000));
  }

  @Test
  void offsetsThatDifferByMoreThanOneSecondDoNotAgree() {
    addExact(0, 1_000, 2_000);
    add(3_000, 1_001);
    assertFalse(agreement.isCurrent(3_000));
  }

  @Test
  void theLeastDelayedOfFiveReadingsDatesTheNewest() {
    add(0, 0);
    for (long tickMs = 1_000; tickMs <= 4_000; tickMs += 1_000) {
      add(tickMs, -300);
    }
    assertEquals(ClockReading.ntp(4_000, NOW_MS + 4_000), agreement.latest());
    add(5_000, -300);
    assertEquals(ClockReading.ntp(5_000, NOW_MS + 5_000 - 300), agreement.latest());
  }

  @Test
  void afterClearingThreeReadingsAreNeededAgain() {
    addExact(0, 1_000, 2_000);
    agreement.clear();
    assertFalse(agreement.isCurrent(2_000));
    addExact(3_000, 4_000);
    assertFalse(agreement.isCurrent(4_000));
  }
}
