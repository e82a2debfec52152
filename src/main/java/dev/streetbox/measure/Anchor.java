package dev.streetbox.measure;

/**
 * Dates one tick of a boot's monotonic clock in UTC.
 *
 * @param boot the boot whose ticks the anchor dates
 * @param tickMs monotonic milliseconds since that boot began
 * @param utcMs the same moment in milliseconds since 1970-01-01T00:00:00Z
 * @param source the clock that gave UTC
 * @param uncertaintyMs the error limit of {@code utcMs} in both directions; of an estimate, only in
 *     the direction of earlier, because how long the box was off is unknown
 */
public record Anchor(int boot, long tickMs, long utcMs, TimeSource source, long uncertaintyMs) {
  /**
   * Limits the difference, in ms, that is no jump: a leap second and a receiver's delay. Receivers
   * that have not received the number of leap seconds yet are off by 2 s or more.
   */
  public static final long STEP_MS = 1_500;

  /**
   * Limits the oscillator's error to 1 part in 10 000, twice that of a Pi over its temperature
   * range.
   */
  private static final long DRIFT = 10_000;

  /** Returns the difference of UTC and the boot's monotonic clock, in ms. */
  public long offsetMs() {
    return utcMs - tickMs;
  }

  /**
   * Returns whether drift, a receiver's delay and a leap second can explain the difference of two
   * anchors.
   */
  public boolean agreesWith(Anchor other) {
    return Math.abs(offsetMs() - other.offsetMs())
        <= STEP_MS + Math.abs(tickMs - other.tickMs()) / DRIFT;
  }
}
