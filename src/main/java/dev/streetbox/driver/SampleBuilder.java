package dev.streetbox.driver;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Builds a sample. A value outside its part's range is omitted and flagged, never limited to the
 * range, because a limited value would look measured. For one thread.
 */
final class SampleBuilder {
  private final Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
  private final Set<Quality> flags = EnumSet.noneOf(Quality.class);

  /**
   * Adds a value that lies within both limits; any other, also NaN, becomes the flag OUT_OF_RANGE.
   */
  void put(Quantity quantity, double value, double least, double greatest) {
    if (value >= least && value <= greatest) {
      readings.put(quantity, value);
    } else {
      flags.add(Quality.OUT_OF_RANGE);
    }
  }

  /** Adds a value of a quantity without a range; the value must be finite. */
  void put(Quantity quantity, double value) {
    readings.put(quantity, value);
  }

  /** Adds the flag if the condition holds. */
  void flagIf(boolean condition, Quality flag) {
    if (condition) {
      flags.add(flag);
    }
  }

  /** Returns a sample of the values and flags added so far. */
  Sample build() {
    return new Sample(readings, flags);
  }
}
