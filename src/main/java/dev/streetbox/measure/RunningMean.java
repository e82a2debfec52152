package dev.streetbox.measure;

import java.util.OptionalDouble;

/** Computes a mean from values given one by one, in constant memory. Used by one thread. */
public final class RunningMean {
  /** The shortest mean vector, relative to its terms, that has a direction. */
  private static final double LEAST_LENGTH = 1e-9;

  private final Mean kind;
  private long count;
  private double sum; // of values or powers; of directions, of the components towards north
  private double eastSum;
  private double chosen = Double.NEGATIVE_INFINITY; // the greatest, or the latest

  /** Makes a mean of no values. */
  public RunningMean(Mean kind) {
    this.kind = kind;
  }

  /**
   * Adds a value.
   *
   * @param value a finite value; a level in dB, a direction in degrees
   */
  public void add(double value) {
    count++;
    switch (kind) {
      case ARITHMETIC -> sum += value;
      case ENERGY -> sum += Math.pow(10, value / 10);
      case MAXIMUM -> chosen = Math.max(chosen, value);
      case CIRCULAR -> {
        sum += Math.cos(Math.toRadians(value));
        eastSum += Math.sin(Math.toRadians(value));
      }
      case LATEST -> chosen = value;
    }
  }

  /** Returns the number of values added. */
  public long count() {
    return count;
  }

  /** Returns the mean; empty if there are no values, or if directions cancel one another. */
  public OptionalDouble value() {
    if (count == 0) {
      return OptionalDouble.empty();
    }
    return switch (kind) {
      case ARITHMETIC -> OptionalDouble.of(sum / count);
      case ENERGY -> OptionalDouble.of(10 * Math.log10(sum / count));
      case MAXIMUM, LATEST -> OptionalDouble.of(chosen);
      case CIRCULAR -> direction();
    };
  }

  private OptionalDouble direction() {
    if (Math.hypot(sum, eastSum) < LEAST_LENGTH * count) {
      return OptionalDouble.empty();
    }
    double degrees = Math.toDegrees(Math.atan2(eastSum, sum));
    double positive = degrees < 0 ? degrees + 360 : degrees;
    return OptionalDouble.of(positive < 360 ? positive : 0); // -1e-15 + 360 rounds to 360
  }
}
