package dev.streetbox.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearCorrectionTest {
  private static Revision revision(LinearCorrection... lines) {
    return new Revision(1, 42, Instant.EPOCH, "Li", List.of(), List.of(lines));
  }

  @ParameterizedTest(name = "slope {0}, intercept {1}: {2} becomes {3}")
  @CsvSource({
    "1, 0, 27.4, 27.4",
    "2, 0, 27.4, 13.7",
    "1, 3, 27.4, 24.4",
    "1.25, 3, 28, 20",
    "0.5, -1, 0, 2",
    "1, 3, 3, 0"
  })
  void theCorrectionInvertsTheLine(double slope, double intercept, double measured, double value) {
    LinearCorrection correction = new LinearCorrection(Quantity.PM2_5, slope, intercept, 300);
    assertEquals(value, correction.corrected(measured).orElseThrow(), 1e-12);
  }

  @Test
  void noConcentrationIsBelowZero() {
    LinearCorrection correction = new LinearCorrection(Quantity.PM2_5, 1, 3, 300);
    assertEquals(OptionalDouble.empty(), correction.corrected(2.999));
    assertEquals(OptionalDouble.empty(), correction.corrected(-1));
  }

  @ParameterizedTest(name = "slope {0}, intercept {1}")
  @CsvSource({"0, 0", "-1, 0", "NaN, 0", "Infinity, 0", "1, NaN", "1, Infinity", "1, -Infinity"})
  void aLineThatCannotBeInvertedIsRefused(double slope, double intercept) {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new LinearCorrection(Quantity.PM10, slope, intercept, 300));
    assertTrue(error.getMessage().contains("pm10_ugm3"), error.getMessage());
  }

  @Test
  void everyQuantityIsCorrectedOrRefused() {
    for (Quantity quantity : Quantity.values()) {
      if (quantity.corrected().isEmpty()) {
        assertThrows(
            IllegalArgumentException.class, () -> new LinearCorrection(quantity, 1, 0, 300));
      } else {
        assertEquals(quantity, new LinearCorrection(quantity, 1, 0, 300).quantity());
      }
    }
  }

  @Test
  void eachQuantityHasItsOwnLineAndTheOthersStay() {
    Revision revision =
        revision(
            new LinearCorrection(Quantity.PM2_5, 2, 0, 300),
            new LinearCorrection(Quantity.H2S, 1, 0.01, 300));
    Map<Quantity, Double> raw = new EnumMap<>(Quantity.class);
    raw.put(Quantity.PM2_5, 20.0);
    raw.put(Quantity.PM10, 40.0);
    raw.put(Quantity.H2S, 0.03);
    Sample corrected = revision.corrected(Sample.of(raw));
    assertEquals(OptionalDouble.of(10), corrected.get(Quantity.PM2_5_CAL));
    assertEquals(0.02, corrected.get(Quantity.H2S_CAL).orElseThrow(), 1e-12);
    assertEquals(OptionalDouble.empty(), corrected.get(Quantity.PM10_CAL));
    raw.forEach(
        (quantity, value) -> assertEquals(OptionalDouble.of(value), corrected.get(quantity)));
    assertEquals(5, corrected.readings().size());
  }

  @Test
  void aRevisionWithoutALineChangesNothing() {
    Sample raw = Sample.of(Map.of(Quantity.PM2_5, 20.0));
    assertEquals(raw, revision().corrected(raw));
  }

  @Test
  void aValueAboveTheRangeOfTheCorrectedQuantityIsOmitted() {
    LinearCorrection steep = new LinearCorrection(Quantity.PM2_5, 0.01, 0, 48);
    assertEquals(10_000, steep.corrected(100).orElseThrow(), 1e-6);
    assertEquals(OptionalDouble.empty(), steep.corrected(100.1));
  }
}
