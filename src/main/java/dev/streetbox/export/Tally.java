package dev.streetbox.export;

import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.RunningMean;
import java.util.OptionalDouble;

/** Sums up the values of one quantity: count, mean and extremes. Used by one thread. */
final class Tally {
  private final Quantity quantity;
  private final RunningMean mean;
  private long flagged;
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;

  Tally(Quantity quantity) {
    this.quantity = quantity;
    this.mean = new RunningMean(quantity.mean());
  }

  /** Adds a value, and whether a flag of the row doubts it. */
  void add(double value, boolean doubted) {
    mean.add(value);
    flagged += doubted ? 1 : 0;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }

  /** How many values there were. */
  long count() {
    return mean.count();
  }

  /** How many of them a flag doubts. */
  long flagged() {
    return flagged;
  }

  /**
   * Returns the mean; empty for a maximum, which is {@link #greatest}, for a direction, since a
   * ride turns, and for what has no mean.
   */
  OptionalDouble mean() {
    return switch (quantity.mean()) {
      case ARITHMETIC, ENERGY -> mean.value();
      case MAXIMUM, CIRCULAR, LATEST -> OptionalDouble.empty();
    };
  }

  /** The least value. */
  double least() {
    return least;
  }

  /** The greatest value. */
  double greatest() {
    return greatest;
  }
}
