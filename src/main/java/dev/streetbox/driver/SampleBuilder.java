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
   * Adds a value that lies within both limits and within the quantity's range; any other, also NaN,
   * becomes the flag OUT_OF_RANGE.
   */
  void put(Quantity quantity, double value, double least, double greatest) {
    if (value >= least && value <= greatest && quantity.isInRange(quantity.rounded(value))) {
      readings.put(quantity, value);
    } else {
      flags.add(Quality.OUT_OF_RANGE);
    }
  }

  /**
   * Adds a value within the quantity's range, for a part without a range of its own; any other,
   * also NaN, becomes the flag OUT_OF_RANGE.
   */
  void put(Quantity quantity, double value) {
    put(quantity, value, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
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
