package dev.streetbox.mqtt;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to try the broker again: after a random part of a limit that doubles (full jitter), so that
 * a fleet does not come back in step. The network returns any moment, so for its sake the limit
 * stays low; somebody who said no is asked ever more rarely. Used by one thread.
 */
public final class Reconnect {
  private static final long FIRST_MS = 500;

  /** With the two seconds between SYNs this keeps "live again within 5 s". */
  private static final long NETWORK_MS = 2000;

  private static final long REFUSED_FIRST_MS = 5000;
  private static final long REFUSED_MS = Duration.ofMinutes(5).toMillis();

  /** A connection that held this long was a good one; a welcome alone proves nothing. */
  private static final long STABLE_MS = 60_000;

  private final RandomGenerator random;
  private int troubles;
  private int refusals;

  /** Takes its jitter from there. */
  public Reconnect(RandomGenerator random) {
    this.random = random;
  }

  /**
   * How long to wait before the next attempt, in milliseconds.
   *
   * @param heldMs how long the connection had held; 0 if it was not made
   */
  public long waitMs(ConnectionFailure failure, long heldMs) {
    if (heldMs >= STABLE_MS) {
      troubles = 0;
      refusals = 0;
    }
    if (failure.kind() == ConnectionFailure.Kind.REFUSED) {
      return jitter(REFUSED_FIRST_MS, refusals++, REFUSED_MS);
    }
    return jitter(FIRST_MS, troubles++, NETWORK_MS);
  }

  private long jitter(long firstMs, int doublings, long limitMs) {
    long boundMs = Math.min(limitMs, firstMs << Math.min(doublings, 20));
    return random.nextLong(boundMs + 1);
  }
}
