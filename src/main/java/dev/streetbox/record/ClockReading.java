package dev.streetbox.record;

import dev.streetbox.measure.TimeSource;

/**
 * What a clock said, not yet believed.
 *
 * @param tickMs when it was heard, monotonic milliseconds since the boot began
 * @param utcMs what it said, milliseconds since 1970
 * @param source which clock
 */
public record ClockReading(long tickMs, long utcMs, TimeSource source) {
  /** How far UTC is ahead of the boot's own clock: the same for every reading of a good clock. */
  long offsetMs() {
    return utcMs - tickMs;
  }
}
