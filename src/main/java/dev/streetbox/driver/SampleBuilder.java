package dev.streetbox.driver;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * A sample in the making. A value outside its part's range is left out and flagged, never bent into
 * the range: a reader must be able to trust what is there. For one thread.
 */
final class SampleBuilder {
  private final Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
  private final Set<Quality> flags = EnumSet.noneOf(Quality.class);

  /** Takes a value that lies within both limits; any other, NaN too, becomes OUT_OF_RANGE. */
  void put(Quantity quantity, double value, double least, double greatest) {
    if (value >= least && value <= greatest) {
      readings.put(quantity, value);
    } else {
      flags.add(Quality.OUT_OF_RANGE);
    }
  }

  /** Takes a value that any finite number is possible for. */
  void put(Quantity quantity, double value) {
    readings.put(quantity, value);
  }

  /** Flags the sample if so. */
  void flagIf(boolean so, Quality flag) {
    if (so) {
      flags.add(flag);
    }
  }

  /** What was taken so far. */
  Sample build() {
    return new Sample(readings, flags);
  }
}
