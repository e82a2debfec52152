package dev.streetbox.bus;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;

/** The only source of time and the only way to wait, so that tests own both. */
public interface Time {
  /** Monotonic milliseconds since the boot began; never goes back, knows no time of day. */
  long tickMs();

  /** The system clock, which nothing may trust untested: a Pi has no clock of its own. */
  Instant systemClock();

  /**
   * Waits that long.
   *
   * @throws InterruptedIOException if the thread was interrupted; the interrupt flag stays set
   */
  void sleep(Duration duration) throws InterruptedIOException;
}
