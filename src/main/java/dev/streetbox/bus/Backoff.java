package dev.streetbox.bus;

import java.time.Duration;

/** Computes the waits between attempts: doubled each time, up to a limit. Used by one thread. */
public final class Backoff {
  private final long firstMs;
  private final long limitMs;
  private long nextMs;

  /** Starts with a wait of {@code first}. */
  public Backoff(Duration first, Duration limit) {
    this.firstMs = first.toMillis();
    this.limitMs = limit.toMillis();
    this.nextMs = firstMs;
  }

  /** Returns the wait before the next attempt, and doubles the one after it. */
  public Duration next() {
    long waitMs = nextMs;
    nextMs = Math.min(limitMs, nextMs * 2);
    return Duration.ofMillis(waitMs);
  }

  /** Resets the next wait to the first, after an attempt that succeeded. */
  public void reset() {
    nextMs = firstMs;
  }
}
