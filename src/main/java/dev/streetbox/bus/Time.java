package dev.streetbox.bus;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Gives time and waits; all code reads clocks and sleeps through this interface, so that tests
 * control both.
 */
public interface Time {
  /**
   * Returns monotonic milliseconds since the boot began; never decreases, and is unrelated to the
   * time of day.
   */
  long tickMs();

  /**
   * Returns the system clock, which needs a plausibility check because a Pi has no battery-backed
   * clock.
   */
  Instant systemClock();

  /**
   * Waits for the duration.
   *
   * @throws InterruptedIOException if the thread was interrupted; the interrupt flag stays set
   */
  void sleep(Duration duration) throws InterruptedIOException;
}
