package dev.streetbox.bus;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Counts the ticks of one boot by another clock that goes on over all boots of the process. Tick 0
 * is the moment of construction. Safe for all threads if the other clock is.
 */
public final class BootTime implements Time {
  private final Time process;
  private final long startMs;

  /** Starts a boot now. */
  public BootTime(Time process) {
    this.process = process;
    this.startMs = process.tickMs();
  }

  @Override
  public long tickMs() {
    return process.tickMs() - startMs;
  }

  @Override
  public Instant systemClock() {
    return process.systemClock();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedIOException {
    process.sleep(duration);
  }
}
