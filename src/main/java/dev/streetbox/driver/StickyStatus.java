package dev.streetbox.driver;

import java.time.Duration;

/**
 * Evaluates a status register whose errors stay set until they are cleared. After clearing, a part
 * sets an error again within seconds if it persists; so each error is reported for half a minute
 * after it was last seen. For one thread.
 */
final class StickyStatus {
  /**
   * Time for which an error is reported, longer than a part needs to set it again (SPS30: "multiple
   * seconds").
   */
  static final Duration HOLD = Duration.ofSeconds(30);

  private final int errors;
  private int held;
  private long seenTickMs;

  /**
   * Creates a register without errors.
   *
   * @param errors the bits that stay set until they are cleared
   */
  StickyStatus(int errors) {
    this.errors = errors;
  }

  /** Returns whether error bits are set. */
  boolean hasErrors(int bits) {
    return (bits & errors) != 0;
  }

  /** Returns the bits set now, and the error bits of the last half minute. */
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

  /** Clears the held errors, because the part was started again. */
  void reset() {
    held = 0;
  }
}
