package dev.streetbox.driver;

import java.time.Duration;

/**
 * A status register whose errors stay set until they are cleared, long after they are over.
 * Cleared, they come back within seconds if they last; so each counts for half a minute from when
 * it was last seen. For one thread.
 */
final class StickyStatus {
  /** Longer than a part needs to find that its fan still stands (SPS30: "multiple seconds"). */
  static final Duration HOLD = Duration.ofSeconds(30);

  private final int errors;
  private int held;
  private long seenTickMs;

  /**
   * A register that has shown nothing.
   *
   * @param errors the bits that stay
   */
  StickyStatus(int errors) {
    this.errors = errors;
  }

  /** Whether there are errors to be cleared. */
  boolean hasErrors(int bits) {
    return (bits & errors) != 0;
  }

  /** The bits that count: those shown now, and the errors of the last half minute. */
  int update(int bits, long nowMs) {
    if (nowMs - seenTickMs >= HOLD.toMillis()) {
      held = 0;
    }
    if (hasErrors(bits)) {
      held |= bits & errors;
      seenTickMs = nowMs;
    }
    return bits | held;
  }

  /** Forgets what it saw: the part was started anew. */
  void reset() {
    held = 0;
  }
}
