package dev.streetbox.mqtt;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Draws the wait before the next connection attempt: uniformly from zero to a limit that doubles
 * with each attempt (full jitter), so that a fleet does not reconnect at the same moments. The
 * limit is 2 s after errors of the network, because radio coverage returns at any moment, and 5 min
 * after refusals, because a refusal lasts until a person changes something. Used by one thread.
 */
public final class Reconnect {
  private static final long NETWORK_FIRST_MS = 500;

  /** Together with the 2 s between SYNs, this limit makes the box live again within 5 s. */
  private static final long NETWORK_MAX_MS = 2000;

  private static final long REFUSED_FIRST_MS = 5000;
  private static final long REFUSED_MAX_MS = Duration.ofMinutes(5).toMillis();

  /**
   * A connection that held this long resets both limits. CONNACK alone does not, because a broker
   * may accept and close at once.
   */
  private static final long STABLE_MS = 60_000;

  private final RandomGenerator random;
  private int networkErrors;
  private int refusals;

  /** Creates the state before the first attempt; the jitter is drawn from {@code random}. */
  public Reconnect(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Draws the wait before the next attempt, in milliseconds, and doubles the limit.
   *
   * @param cause why there is no connection
   * @param heldMs how long the connection had held; 0 if it was not made
   */
  public long nextWaitMs(ConnectionFailure cause, long heldMs) {
    if (heldMs >= STABLE_MS) {
      networkErrors = 0;
      refusals = 0;
    }
    if (cause.kind() == ConnectionFailure.Kind.REFUSED) {
      return jitter(REFUSED_FIRST_MS, refusals++, REFUSED_MAX_MS);
    }
    return jitter(NETWORK_FIRST_MS, networkErrors++, NETWORK_MAX_MS);
  }

  private long jitter(long firstMs, int doublings, long maxMs) {
    long limitMs = Math.min(maxMs, firstMs << Math.min(doublings, 20));
    return random.nextLong(limitMs + 1);
  }
}
