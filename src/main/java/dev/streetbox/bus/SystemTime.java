package dev.streetbox.bus;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The machine's own time, or that time run faster: at speed 60 a minute of ride passes in a second,
 * for every clock and every wait alike. Tick 0 is the moment of construction. Safe for all threads.
 */
public final class SystemTime implements Time {
  private final double speed;
  private final long startNanos = System.nanoTime();
  private final Instant start = Instant.now();

  /** Real time. */
  public SystemTime() {
    this(1);
  }

  /**
   * @param speed how many times faster than real time, above 0
   */
  public SystemTime(double speed) {
    if (!(speed > 0)) {
      throw new IllegalArgumentException("speed " + speed + " is not above 0");
    }
    this.speed = speed;
  }

  @Override
  public long tickMs() {
    return (long) ((System.nanoTime() - startNanos) / 1e6 * speed);
  }

  @Override
  public Instant systemClock() {
    return speed == 1 ? Instant.now() : start.plusMillis(tickMs());
  }

  @Override
  public void sleep(Duration duration) throws InterruptedIOException {
    try {
      TimeUnit.NANOSECONDS.sleep((long) (duration.toNanos() / speed));
    } catch (InterruptedException e) {
      throw Interruption.of(e, "interrupted while waiting");
    }
  }
}
