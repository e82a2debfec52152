package dev.streetbox.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanTextTest {
  /** Checks each form at its first and its last value. */
  @ParameterizedTest(name = "{0} ms is {1}")
  @CsvSource({
    "0, 0.0 s",
    "49, 0.0 s",
    "50, 0.1 s",
    "9949, 9.9 s",
    "9950, 9 s",
    "10000, 10 s",
    "119999, 119 s",
    "120000, 2 min",
    "7199999, 119 min",
    "7200000, 2.0 h",
    "172799999, 48.0 h",
    "172800000, 2.0 d",
    "8640000000, 100.0 d"
  })
  void aSpanHasOneUnit(long ms, String text) {
    assertEquals(text, HumanText.span(ms));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "PT0S, 0 min 0 s",
    "PT59.999S, 0 min 59 s",
    "PT1M, 1 min 0 s",
    "PT59M59S, 59 min 59 s",
    "PT1H, 1 h 0 min",
    "PT23H59M59S, 23 h 59 min",
    "P1D, 1 d 0 h",
    "P400DT5H59M, 400 d 5 h"
  })
  void aDurationHasItsGreatestTwoUnits(Duration duration, String text) {
    assertEquals(text, HumanText.duration(duration));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0;0",
        "999;999",
        "1801;1,801",
        "-1204;-1,204",
        "9223372036854775807;9,223,372,036,854,775,807"
      })
  void aCountHasAMarkAtEachThousand(String digits, String text) {
    assertEquals(text, HumanText.count(digits));
  }

  @Test
  void digitsThatAreNoWholeNumberAreABugOfTheCaller() {
    assertThrows(NumberFormatException.class, () -> HumanText.count("1.5"));
  }

  @Test
  void anInstantIsInUtcForAnyTimeZoneOfTheBox() {
    assertEquals(
        "2026-11-23 08:00:00 UTC", HumanText.UTC.format(Instant.ofEpochMilli(1_795_420_800_999L)));
    assertEquals("1970-01-01 00:00:00 UTC", HumanText.UTC.format(Instant.EPOCH));
  }
}
