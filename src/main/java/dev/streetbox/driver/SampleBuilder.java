package dev.streetbox.driver;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.QuantityGroup;
import dev.streetbox.measure.Sample;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Builds a sample. A value outside its part's range is omitted and flagged, never limited to the
 * range, because a limited value would look measured. With it go the other values of the same
 * signal, because one impossible value shows that the signal is not the air's: all masses and
 * counts of a frame, all values of one gas sensor, and the humidity and pressure that were
 * calculated with an impossible temperature. For one thread.
 */
final class SampleBuilder {
  /** Values of one metal oxide sensor, which stand or fall together. */
  private static final Set<Quantity> INDICES =
      EnumSet.of(Quantity.VOC_INDEX, Quantity.NOX_INDEX, Quantity.VOC_RAW, Quantity.NOX_RAW);

  private final Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
  private final Set<Quality> flags = EnumSet.noneOf(Quality.class);
  private final Set<Quantity> withdrawn = EnumSet.noneOf(Quantity.class);
  private String cause = "";

  /**
   * Adds a value that lies within both limits and within the quantity's range; any other, also NaN,
   * becomes the flag OUT_OF_RANGE and, for particles and gases, a fault flag, and withdraws the
   * values of its signal, whether they are added before or after it.
   */
  void put(Quantity quantity, double value, double least, double greatest) {
    if (value >= least && value <= greatest && quantity.isInRange(quantity.rounded(value))) {
      readings.put(quantity, value);
      return;
    }
    flags.add(Quality.OUT_OF_RANGE);
    withdrawn.addAll(signal(quantity));
    if (quantity.group() == QuantityGroup.PARTICLES) {
      flags.add(Quality.PM_FAULT);
    } else if (quantity.group() == QuantityGroup.GAS) {
      flags.add(Quality.GAS_FAULT);
    }
    note(quantity.label() + " is beyond the part's range");
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

  /**
   * Adds a fault flag and withdraws all values of its group.
   *
   * @param cause what the part shows, in words for a technician
   */
  void fail(Quality flag, String cause) {
    flags.add(flag);
    for (Quantity quantity : Quantity.values()) {
      if (quantity.group() == flag.group()) {
        withdrawn.add(quantity);
      }
    }
    note(cause);
  }

  /** Returns why values were withdrawn, in words; empty if none were. */
  String cause() {
    return cause;
  }

  /** Returns a sample of the values and flags added so far. */
  Sample build() {
    if (!withdrawn.isEmpty()) {
      readings.keySet().removeAll(withdrawn);
    }
    return new Sample(readings, flags);
  }

  private void note(String text) {
    cause = cause.isEmpty() ? text : cause;
  }

  /** Returns the quantities that are wrong if this one is impossible. */
  private static Set<Quantity> signal(Quantity quantity) {
    Set<Quantity> signal = EnumSet.of(quantity);
    if (quantity.group() == QuantityGroup.PARTICLES) {
      signal = EnumSet.allOf(Quantity.class);
      signal.removeIf(other -> other.group() != QuantityGroup.PARTICLES);
    } else if (quantity == Quantity.TEMPERATURE) {
      signal.addAll(EnumSet.of(Quantity.HUMIDITY, Quantity.PRESSURE));
    } else if (INDICES.contains(quantity)) {
      signal.addAll(INDICES);
    }
    return signal;
  }
}
