package dev.streetbox.calibrate;

import dev.streetbox.measure.Quantity;
import java.util.OptionalDouble;

/**
 * Corrects one quantity: {@code corrected = (measured - intercept) / slope}.
 *
 * @param quantity the measured quantity
 * @param slope the box's change for a change of 1 of the reference, above 0
 * @param intercept the box's value at 0 of the reference, in the quantity's unit
 * @param hours the number of hours beside the reference that were fitted
 */
public record LinearCorrection(Quantity quantity, double slope, double intercept, int hours) {
  /**
   * @throws IllegalArgumentException if the slope is not above 0, the intercept is not finite, or a
   *     row has no field for the quantity's corrected values
   */
  public LinearCorrection {
    boolean finite = slope > 0 && Double.isFinite(slope) && Double.isFinite(intercept);
    if (!finite || quantity.corrected().isEmpty()) {
      throw new IllegalArgumentException(
          "no correction of " + quantity.key() + ": slope " + slope + ", intercept " + intercept);
    }
  }

  /**
   * Returns the corrected value; empty if it would be outside the range of the corrected quantity,
   * such as below 0, which no concentration can be.
   */
  OptionalDouble corrected(double measured) {
    double value = (measured - intercept) / slope;
    boolean possible = quantity.corrected().orElseThrow().isInRange(value);
    return possible ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
