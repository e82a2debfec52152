package dev.streetbox.measure;

import java.util.Collection;
import java.util.NoSuchElementException;

/** Names the kind of mean that several values of a quantity have. */
public enum Mean {
  /** The sum divided by the count. */
  ARITHMETIC,

  /** The level of the mean energy, for levels in decibels (IEC 61672-1, 3.9). */
  ENERGY,

  /**
   * The greatest value, for maxima: the maximum of consecutive intervals' maxima is that of the
   * whole interval.
   */
  MAXIMUM,

  /** The direction of the mean vector, 0 to below 360 degrees: 350° and 10° make 0°. */
  CIRCULAR,

  /**
   * The last value, for coordinates, percentiles and relative signals. These have no mean, so the
   * last value of a second represents it, and nothing represents a longer time.
   */
  LATEST;

  /**
   * Returns the mean of values in the order in which they were measured.
   *
   * @throws NoSuchElementException if there are no values, or only directions that cancel one
   *     another
   */
  public double of(Collection<Double> values) {
    RunningMean mean = new RunningMean(this);
    values.forEach(mean::add);
    return mean.value().orElseThrow();
  }
}
