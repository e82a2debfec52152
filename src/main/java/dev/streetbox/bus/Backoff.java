package dev.streetbox.bus;

import java.time.Duration;

/** Growing waits between attempts: doubled each time, up to a limit. Used by one thread. */
public final class Backoff {
  private final long firstMs;
  private final long limitMs;
  private long nextMs;

  /** Waits from {@code first}, doubling up to {@code limit}. */
  public Backoff(Duration first, Duration limit) {
    this.firstMs = first.toMillis();
    this.limitMs = limit.toMillis();
    this.nextMs = firstMs;
  }

  /** The wait before the next attempt; each call doubles the one after it. */
  public Duration next() {
    long waitMs = nextMs;
    nextMs = Math.min(limitMs, nextMs * 2);
    return Duration.ofMillis(waitMs);
  }

  /** It worked: the next wait is the first again. */
  public void reset() {
    nextMs = firstMs;
  }
}
