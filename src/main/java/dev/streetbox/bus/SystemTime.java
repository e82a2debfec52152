package dev.streetbox.bus;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Gives the machine's time, or that time at a higher speed: at speed 60 every clock and every wait
 * passes a minute in one second. Tick 0 is the moment of construction. Safe for all threads.
 */
public final class SystemTime implements Time {
  private static final Duration LONGEST_START = Duration.ofSeconds(2);

  private final double speed;
  private final long startNanos = System.nanoTime();
  private final Instant start = Instant.now();

  /** Makes real time. */
  public SystemTime() {
    this(1);
  }

  /**
   * Makes time of another speed.
   *
   * @param speed the factor to real time, above 0
   */
  public SystemTime(double speed) {
    if (!(speed > 0)) {
      throw new IllegalArgumentException("speed " + speed + " is not above 0");
    }
    this.speed = speed;
  }

  /**
   * Returns the time since this process was started; zero if the kernel does not tell, or if it
   * would be negative or over 2 s, because the system clock may have been set meanwhile.
   */
  public static Duration sinceProcessStart() {
    Duration since =
        ProcessHandle.current()
            .info()
            .startInstant()
            .map(started -> Duration.between(started, Instant.now()))
            .orElse(Duration.ZERO);
    return since.isNegative() || since.compareTo(LONGEST_START) > 0 ? Duration.ZERO : since;
  }

  /** Returns the kernel's CLOCK_MONOTONIC in ns, by which the kernel dates edges of GPIO lines. */
  static long monotonicNs() {
    return System.nanoTime(); // the JVM reads CLOCK_MONOTONIC on Linux
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
