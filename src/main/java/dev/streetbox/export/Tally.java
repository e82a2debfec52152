package dev.streetbox.export;

import dev.streetbox.measure.Quantity;
import java.util.OptionalDouble;

/** What the values of one quantity come to. */
final class Tally {
  private final Quantity quantity;
  private long count;
  private long flagged;
  private double sum;
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;

  Tally(Quantity quantity) {
    this.quantity = quantity;
  }

  /** Adds a value, and whether a flag of the row doubts it. */
  void add(double value, boolean doubted) {
    count++;
    flagged += doubted ? 1 : 0;
    sum += quantity == Quantity.LAEQ ? Math.pow(10, value / 10) : value;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }

  /** How many values there were. */
  long count() {
    return count;
  }

  /** How many of them a flag doubts. */
  long flagged() {
    return flagged;
  }

  /** The mean: of energies for LAeq (IEC 61672-1, 3.9); none for maxima and directions. */
  OptionalDouble mean() {
    return switch (quantity) {
      case LAFMAX, LCPEAK, L10, L50, L90, LEVEL, COURSE, LAT, LON -> OptionalDouble.empty();
      case LAEQ -> OptionalDouble.of(10 * Math.log10(sum / count));
      default -> OptionalDouble.of(sum / count);
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
