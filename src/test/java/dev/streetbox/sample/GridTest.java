package dev.streetbox.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests grids of every kind of period. */
class GridTest {
  @ParameterizedTest(name = "period {0} ms: started at {1}, first read at {2}")
  @CsvSource({
    "1000,    0,  500",
    "1000,  500,  500",
    "1000,  501, 1500",
    "5000, 7499, 7500",
    " 125,    0,    0",
    " 125,  126,  250",
    " 400, 1999, 2000",
    "   0, 1234, 1234",
  })
  void theFirstReadIsOnTheGridAndNotBeforeTheStart(long periodMs, long tickMs, long expected) {
    assertEquals(expected, new Grid(Duration.ofMillis(periodMs)).first(tickMs));
  }

  @ParameterizedTest(name = "period {0} ms: due at {1}, ended at {2}, next at {3}")
  @CsvSource({
    "1000, 1500, 1500, 2500",
    "1000, 1500, 2499, 2500",
    "1000, 1500, 2500, 3500",
    "1000, 1500, 9999, 10500",
    " 125,  250,  251,  375",
    " 125,  250,  700,  750",
    "   0, 1000, 1900, 1900",
  })
  void theNextReadIsAWholeNumberOfPeriodsLaterAndAhead(
      long periodMs, long dueMs, long endMs, long expected) {
    assertEquals(expected, new Grid(Duration.ofMillis(periodMs)).after(dueMs, endMs));
  }
}
