package dev.streetbox.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ClockReadingTest {
  private static final long NOON_MS = 1_795_420_800_000L;

  @Test
  void onlyAReceiversReadingHasAFix() {
    assertEquals(OptionalInt.of(3), ClockReading.gnss(500, NOON_MS, 3).fixMode());
    assertEquals(OptionalInt.empty(), ClockReading.ntp(500, NOON_MS).fixMode());
  }

  @Test
  void theOffsetIsUtcMinusTheTick() {
    assertEquals(NOON_MS - 500, ClockReading.ntp(500, NOON_MS).offsetMs());
  }

  @Test
  void anotherOffsetChangesTheTimeAndNeitherTickNorSourceNorFix() {
    ClockReading reading = ClockReading.gnss(500, NOON_MS, 2);
    assertEquals(ClockReading.gnss(500, NOON_MS + 70, 2), reading.withOffsetMs(NOON_MS - 430));
    assertEquals(reading, reading.withOffsetMs(reading.offsetMs()));
  }
}
