package dev.streetbox.measure;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Holds one sensor's readings of one time, and the flags that qualify them. Immutable.
 *
 * @param readings finite values in each quantity's unit; a quantity that was not measured is absent
 * @param flags the flags of the readings; flags without readings are allowed (a part warming up)
 */
public record Sample(Map<Quantity, Double> readings, Set<Quality> flags) {
  /** A sample with neither reading nor flag. */
  public static final Sample NOTHING = new Sample(Map.of(), Set.of());

  /**
   * @throws IllegalArgumentException if a value is not finite, which is a bug of the driver
   */
  public Sample {
    EnumMap<Quantity, Double> values = new EnumMap<>(Quantity.class);
    values.putAll(readings);
    values.forEach(Sample::requireFinite);
    if (flags.isEmpty()) {
      flags = Set.of();
    } else {
      EnumSet<Quality> flagSet = EnumSet.noneOf(Quality.class);
      flagSet.addAll(flags);
      flags = Collections.unmodifiableSet(flagSet);
    }
    readings = Collections.unmodifiableMap(values);
  }

  private static void requireFinite(Quantity quantity, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(quantity + " is not finite: " + value);
    }
  }

  /** Makes a sample of readings without flags. */
  public static Sample of(Map<Quantity, Double> readings) {
    return new Sample(readings, Set.of());
  }

  /** Returns whether there is neither a reading nor a flag. */
  public boolean isEmpty() {
    return readings.isEmpty() && flags.isEmpty();
  }

  /** Returns the reading of one quantity, if it was measured. */
  public OptionalDouble get(Quantity quantity) {
    Double value = readings.get(quantity);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
