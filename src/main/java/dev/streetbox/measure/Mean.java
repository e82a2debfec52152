package dev.streetbox.measure;

import java.util.Collection;
import java.util.NoSuchElementException;

/** Names the kind of mean that several values of a quantity have. */
public enum Mean {
  /** The sum divided by the count. */
  ARITHMETIC,

  /**
   * The mean of energies: levels in decibels are never averaged arithmetically (IEC 61672-1, 3.9).
   */
  ENERGY,

  /** The greatest value: the maximum of several maxima is that of the whole time. */
  MAXIMUM,

  /** The direction of the mean vector, 0 to below 360 degrees: 350° and 10° make 0°. */
  CIRCULAR,

  /**
   * The last value, for coordinates, percentiles and relative signals: they have no mean, so the
   * last one stands for a second, and none for a longer time.
   */
  LATEST;

  /**
   * Returns the mean of values in the order in which they were measured.
   *
   * @throws NoSuchElementException if there are none, or only directions that cancel one another
   */
  public double of(Collection<Double> values) {
    RunningMean mean = new RunningMean(this);
    values.forEach(mean::add);
    return mean.value().orElseThrow();
  }
}
