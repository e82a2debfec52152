package dev.streetbox.measure;

import java.util.OptionalInt;

/**
 * Holds a clock's time of day, before any plausibility check.
 *
 * @param tickMs the arrival, in monotonic ms since the boot began; for a receiver some tenths of a
 *     second after {@code utcMs}, the delay of receiver, serial line and gpsd
 * @param utcMs the clock's time, in ms since 1970-01-01T00:00:00Z
 * @param source the kind of clock
 * @param fixMode the fix behind a receiver's time: 2 for two dimensions, 3 for three; empty for
 *     other clocks
 */
public record ClockReading(long tickMs, long utcMs, TimeSource source, OptionalInt fixMode) {
  /** Makes the reading of a GNSS receiver with the dimensions of its fix. */
  public static ClockReading gnss(long tickMs, long utcMs, int fixMode) {
    return new ClockReading(tickMs, utcMs, TimeSource.GNSS, OptionalInt.of(fixMode));
  }

  /** Makes the reading of a system clock that NTP disciplines. */
  public static ClockReading ntp(long tickMs, long utcMs) {
    return new ClockReading(tickMs, utcMs, TimeSource.NTP, OptionalInt.empty());
  }

  /**
   * Returns the difference of UTC and the boot's monotonic clock, in ms; it is constant for an
   * exact clock.
   */
  public long offsetMs() {
    return utcMs - tickMs;
  }

  /** Returns this reading with another offset at the same tick. */
  public ClockReading withOffsetMs(long offsetMs) {
    return new ClockReading(tickMs, tickMs + offsetMs, source, fixMode);
  }
}
