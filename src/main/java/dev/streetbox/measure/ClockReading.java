package dev.streetbox.measure;

import java.util.OptionalInt;

/**
 * The time of day that a clock told, which nobody has judged yet.
 *
 * @param tickMs when it arrived, monotonic ms since the boot began; a receiver's time is later than
 *     the moment it names by what receiver, line and gpsd took (some tenths of a second)
 * @param utcMs what the clock said, in ms since 1970-01-01T00:00:00Z
 * @param source which clock
 * @param fixMode the fix behind a receiver's time: 2 for two dimensions, 3 for three; empty for
 *     other clocks
 */
public record ClockReading(long tickMs, long utcMs, TimeSource source, OptionalInt fixMode) {
  /** Returns what a GNSS receiver told, with the dimensions of its fix. */
  public static ClockReading gnss(long tickMs, long utcMs, int fixMode) {
    return new ClockReading(tickMs, utcMs, TimeSource.GNSS, OptionalInt.of(fixMode));
  }

  /** Returns what a system clock told that NTP disciplines. */
  public static ClockReading ntp(long tickMs, long utcMs) {
    return new ClockReading(tickMs, utcMs, TimeSource.NTP, OptionalInt.empty());
  }

  /** Returns how far UTC is ahead of the boot's own clock, in ms: constant for a good clock. */
  public long offsetMs() {
    return utcMs - tickMs;
  }

  /** Returns what the same clock would have told at its tick with that offset. */
  public ClockReading withOffsetMs(long offsetMs) {
    return new ClockReading(tickMs, tickMs + offsetMs, source, fixMode);
  }
}
