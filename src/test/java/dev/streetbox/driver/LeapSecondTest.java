package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeapSecondTest {
  /** 2016-12-31T23:59:60Z was the last leap second (IERS Bulletin C 52). */
  @ParameterizedTest
  @CsvSource({
    "2016-12-31T23:59:56.999Z, false",
    "2016-12-31T23:59:57.000Z, true",
    "2016-12-31T23:59:59.000Z, true",
    "2017-01-01T00:00:03.999Z, true",
    "2017-01-01T00:00:04.000Z, false",
    "2017-01-01T12:00:00.000Z, false",
    "2017-01-02T00:00:00.000Z, false",
    "2015-06-30T23:59:59.000Z, true",
    "2016-02-28T23:59:59.000Z, false"
  })
  void aLeapSecondIsPossibleAroundTheBeginningOfAMonth(Instant time, boolean possible) {
    assertEquals(possible, LeapSecond.isPossibleAt(time.toEpochMilli()));
  }
}
