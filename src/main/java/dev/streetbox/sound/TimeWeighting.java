package dev.streetbox.sound;

/**
 * Computes the mean square of a frequency-weighted sound: over the interval, and exponentially
 * averaged with a time weighting (IEC 61672-1, 3.8 and 5.8), with the extremes over every sample.
 * Means of 125 ms blocks would not be F, because they are 1 dB too high for a burst of 200 ms. Used
 * by one thread.
 */
final class TimeWeighting {
  /** The time constant of time weighting F, in seconds. */
  static final double FAST_S = 0.125;

  /** The time constant of time weighting S, in seconds. */
  static final double SLOW_S = 1;

  private final double alpha;
  private double level;
  private double highest;
  private double lowest;
  private double sum;
  private long count;

  /** Makes a detector at mean square 0. */
  TimeWeighting(double timeConstantS, int rateHz) {
    this.alpha = 1 - Math.exp(-1 / (timeConstantS * rateHz));
  }

  /** Adds the first samples of the array. */
  void add(double[] weighted, int samples) {
    double now = level;
    double high = highest;
    double low = lowest;
    double total = sum;
    for (int i = 0; i < samples; i++) {
      double square = weighted[i] * weighted[i];
      total += square;
      now += alpha * (square - now);
      if (now > high) {
        high = now;
      }
      if (now < low) {
        low = now;
      }
    }
    level = now;
    highest = high;
    lowest = low;
    sum = total;
    count += samples;
  }

  /** Returns the mean square since {@link #restart}: that of the equivalent continuous level. */
  double meanSquare() {
    return sum / count;
  }

  /** Returns the time-weighted mean square now. */
  double timeWeighted() {
    return level;
  }

  /** Returns the maximum of the time-weighted mean square since {@link #restart}. */
  double maximum() {
    return highest;
  }

  /** Returns the minimum of the time-weighted mean square since {@link #restart}. */
  double minimum() {
    return lowest;
  }

  /** Begins a new interval; the time weighting is not reset. */
  void restart() {
    highest = level;
    lowest = level;
    sum = 0;
    count = 0;
  }

  /**
   * Sets the time weighting to the mean square so far, as if the sound had been constant, and
   * begins a new interval.
   */
  void settle() {
    level = meanSquare();
    restart();
  }
}
