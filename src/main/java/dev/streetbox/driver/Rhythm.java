package dev.streetbox.driver;

import java.time.Duration;

/**
 * Holds how often a part has a new reading, and how long a reading stays fresh.
 *
 * @param period time between two reads; zero if a read waits for the part
 * @param fresh time from the measurement until a reading is stale; above 0
 */
public record Rhythm(Duration period, Duration fresh) {
  /** Returns the rhythm of a part that is read once a second. */
  static Rhythm everySecond(Duration fresh) {
    return new Rhythm(Duration.ofSeconds(1), fresh);
  }

  /**
   * Returns the rhythm of a part that sends readings unrequested, so that a read waits for the
   * part.
   */
  static Rhythm freeRunning(Duration fresh) {
    return new Rhythm(Duration.ZERO, fresh);
  }
}
