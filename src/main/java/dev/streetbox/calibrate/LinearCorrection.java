package dev.streetbox.calibrate;

import dev.streetbox.measure.Quantity;
import java.util.OptionalDouble;

/**
 * The correction of one quantity: {@code corrected = (measured - intercept) / slope}.
 *
 * @param quantity what was measured
 * @param slope what the box gives for 1 of the reference, above 0
 * @param intercept what it gives for 0, in the quantity's unit
 * @param hours how many hours beside the reference it rests on
 */
public record LinearCorrection(Quantity quantity, double slope, double intercept, int hours) {
  /**
   * @throws IllegalArgumentException if the slope is not above 0, the intercept not finite, or no
   *     field of a row takes the quantity's corrected values
   */
  public LinearCorrection {
    boolean finite = slope > 0 && Double.isFinite(slope) && Double.isFinite(intercept);
    if (!finite || quantity.corrected().isEmpty()) {
      throw new IllegalArgumentException(
          "no correction of " + quantity.key() + ": slope " + slope + ", intercept " + intercept);
    }
  }

  /** The corrected value; none if it would be below 0, which no concentration is. */
  OptionalDouble corrected(double measured) {
    double value = (measured - intercept) / slope;
    return value >= 0 ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
