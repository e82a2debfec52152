package dev.streetbox.bus;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Counts the ticks of one boot by another clock that goes on over all boots of the process. Tick 0
 * is the moment of construction, or an earlier one. Safe for all threads if the other clock is.
 */
public final class BootTime implements Time {
  private final Time process;
  private final long startMs;

  /** Starts a boot now. */
  public BootTime(Time process) {
    this(process, Duration.ZERO);
  }

  /**
   * Starts a boot at an earlier moment, so that the first row need not wait for a full second after
   * the program has been loaded.
   *
   * @param ago the time since that moment, by the other clock
   */
  public BootTime(Time process, Duration ago) {
    this.process = process;
    this.startMs = process.tickMs() - ago.toMillis();
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
