package dev.streetbox.driver;

import java.time.Duration;

/**
 * Detects a raw value that no longer changes. The last bits of a working part change with its
 * noise, so a constant raw value shows a broken part. For one thread.
 */
final class StuckDetector {
  private final long limitMs;
  private Object last = this;
  private long sinceTickMs;

  /**
   * Creates a detector that has seen no value.
   *
   * @param limit the longest time without a change
   */
  StuckDetector(Duration limit) {
    this.limitMs = limit.toMillis();
  }

  /**
   * Compares the next raw value with the last one by {@code equals}.
   *
   * @return whether the value has not changed for the limit
   */
  boolean isStuck(Object raw, long tickMs) {
    if (!raw.equals(last)) {
      last = raw;
      sinceTickMs = tickMs;
    }
    return tickMs - sinceTickMs >= limitMs;
  }

  /** Drops the last value, because the part was started again. */
  void reset() {
    last = this;
  }
}
