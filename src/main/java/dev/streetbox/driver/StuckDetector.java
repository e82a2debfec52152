package dev.streetbox.driver;

import java.time.Duration;

/**
 * Notices a raw value that no longer changes. The last bits of a living part toggle with its noise;
 * a dead one repeats itself and looks perfectly calm. For one thread.
 */
final class StuckDetector {
  private final long limitMs;
  private Object last = this;
  private long sinceTickMs;

  /**
   * @param limit how long the value may stay the same
   */
  StuckDetector(Duration limit) {
    this.limitMs = limit.toMillis();
  }

  /**
   * Takes the next raw value, compared by {@code equals}.
   *
   * @return whether it has been the same for the limit
   */
  boolean isStuck(Object raw, long tickMs) {
    if (!raw.equals(last)) {
      last = raw;
      sinceTickMs = tickMs;
    }
    return tickMs - sinceTickMs >= limitMs;
  }

  /** Forgets what it saw: the part was started anew. */
  void reset() {
    last = this;
  }
}
