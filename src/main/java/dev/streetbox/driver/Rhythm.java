package dev.streetbox.driver;

import java.time.Duration;

/**
 * Says how often a part has something new, and for how long a reading of it stands for the present.
 *
 * @param period how often a read is worth while; zero if a read waits for the part
 * @param fresh how long a reading counts, from when it was measured; above 0
 */
public record Rhythm(Duration period, Duration fresh) {
  /** Returns the rhythm of a part that is read once a second. */
  static Rhythm everySecond(Duration fresh) {
    return new Rhythm(Duration.ofSeconds(1), fresh);
  }

  /** Returns the rhythm of a part that speaks by itself: a read waits for it. */
  static Rhythm freeRunning(Duration fresh) {
    return new Rhythm(Duration.ZERO, fresh);
  }
}
