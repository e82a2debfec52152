package dev.streetbox.sample;

import java.time.Duration;

/**
 * Computes the ticks at which a sensor is read, on a grid that does not drift, however long the
 * reads take.
 *
 * <p>A period of a second or more is read in the middle of seconds, because at their ends a small
 * delay would move a reading into the next row. A shorter period divides the seconds. A period of
 * zero is always due, because the read itself waits.
 */
final class Grid {
  private static final long SECOND_MS = 1000;
  private static final long MIDDLE_MS = 500;

  private final long periodMs;

  Grid(Duration period) {
    periodMs = period.toMillis();
  }

  /** Returns whether several reads fall into each second. */
  boolean isWithinSeconds() {
    return periodMs > 0 && periodMs < SECOND_MS;
  }

  /**
   * Returns the tick of the first read of a sensor that was started at a tick: that tick or a later
   * one.
   */
  long first(long tickMs) {
    if (periodMs == 0) {
      return tickMs;
    }
    return isWithinSeconds()
        ? nextMultiple(periodMs, tickMs)
        : nextMultiple(SECOND_MS, tickMs - MIDDLE_MS) + MIDDLE_MS;
  }

  /**
   * Returns the tick of the next read after one that was due and ended at these ticks; skips missed
   * reads.
   */
  long after(long dueTickMs, long endTickMs) {
    if (periodMs == 0) {
      return endTickMs;
    }
    long missed = Math.max(0, Math.floorDiv(endTickMs - dueTickMs, periodMs));
    return dueTickMs + (missed + 1) * periodMs;
  }

  private static long nextMultiple(long step, long tickMs) {
    return -Math.floorDiv(-tickMs, step) * step;
  }
}
