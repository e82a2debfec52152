package dev.streetbox.measure;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What one sensor said at one time: readings, and the flags that hold for them. Immutable.
 *
 * @param readings finite values in each quantity's unit; a quantity that was not measured is absent
 * @param flags what limits their use; flags without readings are allowed (a part warming up)
 */
public record Sample(Map<Quantity, Double> readings, Set<Quality> flags) {
  /** Nothing new: neither reading nor flag. */
  public static final Sample NOTHING = new Sample(Map.of(), Set.of());

  /**
   * @throws IllegalArgumentException if a value is not finite: a driver's bug, never the world's
   */
  public Sample {
    EnumMap<Quantity, Double> values = new EnumMap<>(Quantity.class);
    readings.forEach(
        (quantity, value) -> {
          if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(quantity + " is not finite: " + value);
          }
          values.put(quantity, value);
        });
    EnumSet<Quality> marks = EnumSet.noneOf(Quality.class);
    marks.addAll(flags);
    readings = Collections.unmodifiableMap(values);
    flags = Collections.unmodifiableSet(marks);
  }

  /** Readings that nothing limits. */
  public static Sample of(Map<Quantity, Double> readings) {
    return new Sample(readings, Set.of());
  }

  /** Whether it says nothing at all. */
  public boolean isEmpty() {
    return readings.isEmpty() && flags.isEmpty();
  }

  /** The reading of one quantity, if it was measured. */
  public OptionalDouble get(Quantity quantity) {
    Double value = readings.get(quantity);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
