package dev.streetbox.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the small records: anchors, time sources, ranges, rows and samples. */
class MeasureRecordsTest {
  private static final long NOON_MS = 1_795_420_800_000L;

  private static Anchor anchor(long tickMs, long utcMs) {
    return new Anchor(41, tickMs, utcMs, TimeSource.GNSS, 50);
  }

  @Test
  void theOffsetIsUtcMinusTheBootsClock() {
    assertEquals(NOON_MS, anchor(0, NOON_MS).offsetMs());
    assertEquals(NOON_MS - 5_000, anchor(5_000, NOON_MS).offsetMs());
  }

  /**
   * The limits are a leap second and a receiver's delay, and 100 ppm of drift since the other
   * anchor.
   */
  @ParameterizedTest(name = "{0} ms later, {1} ms off: {2}")
  @CsvSource({
    "0, 0, true",
    "0, 1500, true",
    "0, -1500, true",
    "0, 1501, false",
    "0, -1501, false",
    "10000000, 2500, true",
    "10000000, 2501, false",
    "-10000000, -2500, true",
    "-10000000, -2501, false"
  })
  void twoAnchorsAgreeWithinAStepAndTheOscillatorsDrift(long laterMs, long offMs, boolean agrees) {
    Anchor one = anchor(20_000_000, NOON_MS);
    Anchor other = anchor(20_000_000 + laterMs, NOON_MS + laterMs + offMs);
    assertEquals(agrees, one.agreesWith(other));
    assertEquals(agrees, other.agreesWith(one));
  }

  @Test
  void aTimeSourceHasTheContractsName() {
    assertEquals(
        List.of("gnss", "ntp", "est"),
        List.of(TimeSource.values()).stream().map(TimeSource::key).toList());
    for (TimeSource source : TimeSource.values()) {
      assertEquals(Optional.of(source), TimeSource.of(source.key()));
    }
    assertEquals(Optional.empty(), TimeSource.of("GNSS"));
    assertEquals(Optional.empty(), TimeSource.of(""));
  }

  @Test
  void aRangeHasBothItsEnds() {
    assertEquals(1, new Range(1, 7, 7).size());
    assertEquals(3, new Range(1, 7, 9).size());
    assertEquals(Long.MAX_VALUE, new Range(1, 1, Long.MAX_VALUE).size());
    assertThrows(IllegalArgumentException.class, () -> new Range(1, 0, 9));
    assertThrows(IllegalArgumentException.class, () -> new Range(1, 9, 8));
  }

  @ParameterizedTest(name = "boot {0}, seq {1}, tick {2}")
  @CsvSource({"0, 1, 0", "1, 0, 0", "1, 1, -1"})
  void aRowOutsideItsBootIsABug(int boot, long seq, long tickMs) {
    assertThrows(IllegalArgumentException.class, () -> new Row(boot, seq, tickMs, Sample.NOTHING));
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity", "-Infinity"})
  void aValueThatIsNotFiniteIsABug(double value) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> Sample.of(Map.of(Quantity.LAEQ, value)));
    assertTrue(error.getMessage().contains("LAEQ"), error.getMessage());
  }

  @Test
  void thePositionBesideAValueThatIsNotFiniteIsNotQuoted() {
    Map<Quantity, Double> readings = Map.of(Quantity.LAT, 40.070112, Quantity.LAEQ, Double.NaN);
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> Sample.of(readings));
    assertEquals("LAEQ is not finite: NaN", error.getMessage());
  }

  @Test
  void aSampleIsACopyOfItsArguments() {
    Map<Quantity, Double> readings = new EnumMap<>(Map.of(Quantity.LAEQ, 60.0));
    Set<Quality> flags = EnumSet.of(Quality.STALE);
    Sample sample = new Sample(readings, flags);
    readings.clear();
    flags.clear();
    assertEquals(OptionalDouble.of(60), sample.get(Quantity.LAEQ));
    assertEquals(Set.of(Quality.STALE), sample.flags());
    assertThrows(UnsupportedOperationException.class, () -> sample.readings().clear());
    assertThrows(UnsupportedOperationException.class, () -> sample.flags().clear());
  }

  @Test
  void readingsAreInTheOrderOfARow() {
    Sample sample =
        Sample.of(Map.of(Quantity.PRESSURE, 1.0, Quantity.LAT, 2.0, Quantity.LAEQ, 3.0));
    assertEquals(
        List.of(Quantity.LAT, Quantity.LAEQ, Quantity.PRESSURE),
        List.copyOf(sample.readings().keySet()));
  }

  @Test
  void flagsAloneAreASampleThatIsNotEmpty() {
    assertTrue(Sample.NOTHING.isEmpty());
    assertFalse(new Sample(Map.of(), Set.of(Quality.PM_WARMUP)).isEmpty());
    assertFalse(Sample.of(Map.of(Quantity.LAEQ, 0.0)).isEmpty());
    assertEquals(OptionalDouble.empty(), Sample.NOTHING.get(Quantity.LAEQ));
  }
}
