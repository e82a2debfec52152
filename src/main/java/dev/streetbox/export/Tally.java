package dev.streetbox.export;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.RunningMean;
import java.util.OptionalDouble;

/** Sums up the values of one quantity: count, mean and extremes. Used by one thread. */
final class Tally {
  private final Quantity quantity;
  private final RunningMean mean;

  /** The bits of the flags that mark a value of the quantity as doubtful. */
  private final int doubtFlags;

  private long flagged;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  Tally(Quantity quantity) {
    this.quantity = quantity;
    this.mean = new RunningMean(quantity.mean());
    this.doubtFlags = Quality.bits(quantity.group().flags());
  }

  /**
   * Adds a value.
   *
   * @param value the value in the quantity's unit
   * @param rowFlags the bits of the row's flags, which mark the value as doubtful or not
   */
  void add(double value, int rowFlags) {
    mean.add(value);
    flagged += (rowFlags & doubtFlags) == 0 ? 0 : 1;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  /** Returns the number of values. */
  long count() {
    return mean.count();
  }

  /** Returns the number of values that a flag marks as doubtful. */
  long flagged() {
    return flagged;
  }

  /**
   * Returns the mean; empty for a maximum, whose value is {@link #max}, for a direction, because a
   * ride turns, and for a quantity without a mean.
   */
  OptionalDouble mean() {
    return switch (quantity.mean()) {
      case ARITHMETIC, ENERGY -> mean.value();
      case MAXIMUM, CIRCULAR, LATEST -> OptionalDouble.empty();
    };
  }

  /** Returns the least value; infinite if there is none. */
  double min() {
    return min;
  }

  /** Returns the greatest value; minus infinite if there is none. */
  double max() {
    return max;
  }
}
