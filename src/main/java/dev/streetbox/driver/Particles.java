package dev.streetbox.driver;

/** Judges the particle values of one frame by what every particle counter has in common. */
final class Particles {
  /** Cause of a fault: no particle was counted. */
  static final String NONE = "it sees not one particle: blind, or filtered air";

  /** Cause of a fault: the values contradict each other. */
  static final String INCONSISTENT =
      "its values contradict each other (PM10 contains PM2.5, and a larger size range contains the"
          + " smaller one)";

  private Particles() {}

  /**
   * Returns whether each value is at least as great as the one before it.
   *
   * @param rounding the greatest difference that rounding the two values can cause
   */
  static boolean ascend(double rounding, double... values) {
    for (int i = 1; i < values.length; i++) {
      if (values[i] < values[i - 1] - rounding) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether all values are 0 or -0. */
  static boolean areZero(double... values) {
    for (double value : values) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }
}
