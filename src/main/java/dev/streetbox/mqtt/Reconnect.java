package dev.streetbox.mqtt;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Draws the wait before the next connection attempt: uniformly from zero to a limit that doubles
 * with each attempt (full jitter), so that a fleet does not reconnect at the same moments. The
 * limit is 2 s after errors of the network, because radio coverage returns at any moment, and 5 min
 * after refusals, because a refusal lasts until a person changes something. If the broker asks for
 * patience, the limit is 2 min. If connections are closed within seconds again and again, which a
 * broker with two boxes of one id does and a flapping link too, the limit is 16 s, or 30 s before
 * CONNACK, so that the box is live again soon after the cause has ended. In both cases the wait is
 * at least half of the limit. A reset before CONNACK counts as such a close only while no
 * connection was ever made, because afterwards an interrupted network is the likelier cause. Used
 * by one thread.
 */
public final class Reconnect {
  private static final long NETWORK_FIRST_MS = 500;

  /** Together with the 2 s between SYNs, this limit makes the box live again within 5 s. */
  private static final long NETWORK_MAX_MS = 2000;

  private static final long REFUSED_FIRST_MS = 5000;
  private static final long REFUSED_MAX_MS = Duration.ofMinutes(5).toMillis();

  private static final long BUSY_FIRST_MS = 2000;
  private static final long BUSY_MAX_MS = Duration.ofMinutes(2).toMillis();

  /** Limits the limit after connections that were closed within seconds. */
  private static final long CLOSED_MAX_MS = 16_000;

  /** Limits the limit after connections that were closed before CONNACK. */
  private static final long EARLY_MAX_MS = 30_000;

  /**
   * A connection that the broker closed before this time (ms), or before CONNACK, counts as closed
   * within seconds.
   */
  private static final long SHORT_MS = 10_000;

  /** The number of connections closed within seconds after which the waits grow. */
  private static final int SHORT_LIMIT = 3;

  /**
   * A connection that held this long resets all limits. CONNACK alone does not, because a broker
   * may accept and close at once.
   */
  private static final long STABLE_MS = 60_000;

  private final RandomGenerator random;
  private int networkErrors;
  private int refusals;
  private int requestsForPatience;
  private int shortConnections;
  private boolean wasConnected;

  /** Creates the state before the first attempt; the jitter is drawn from {@code random}. */
  public Reconnect(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Draws the wait before the next attempt, in milliseconds, and doubles the limit.
   *
   * @param cause why there is no connection
   * @param heldMs how long the connection had held, at least 1; 0 if it was not made
   */
  public long nextWaitMs(ConnectionFailure cause, long heldMs) {
    if (heldMs >= STABLE_MS) {
      networkErrors = 0;
      refusals = 0;
      requestsForPatience = 0;
      shortConnections = 0;
    }
    wasConnected |= heldMs > 0;
    boolean early =
        cause.kind() == ConnectionFailure.Kind.EARLY_CLOSE
            || (cause.kind() == ConnectionFailure.Kind.EARLY_RESET && !wasConnected);
    boolean closed =
        early
            || (heldMs > 0
                && (cause.kind() == ConnectionFailure.Kind.NETWORK
                    || cause.kind() == ConnectionFailure.Kind.CONNECTION));
    if (closed && heldMs < SHORT_MS) {
      shortConnections++;
    }
    if (cause.kind() == ConnectionFailure.Kind.REFUSED) {
      return jitter(REFUSED_FIRST_MS, refusals++, REFUSED_MAX_MS);
    }
    if (cause.kind() == ConnectionFailure.Kind.BUSY) {
      return patience(requestsForPatience++, BUSY_MAX_MS);
    }
    if (closed && isClosedAgainAndAgain()) {
      return patience(shortConnections - SHORT_LIMIT, early ? EARLY_MAX_MS : CLOSED_MAX_MS);
    }
    return jitter(NETWORK_FIRST_MS, networkErrors++, NETWORK_MAX_MS);
  }

  /**
   * Returns whether the broker has accepted and closed several connections within seconds, with no
   * connection of a minute in between. Two boxes with one id cause it, because the broker closes
   * the older of two connections with one client id.
   */
  public boolean isClosedAgainAndAgain() {
    return shortConnections >= SHORT_LIMIT;
  }

  private long patience(int doublings, long maxMs) {
    long limitMs = Math.min(maxMs, BUSY_FIRST_MS << Math.min(doublings, 20));
    return limitMs / 2 + random.nextLong(limitMs / 2 + 1);
  }

  private long jitter(long firstMs, int doublings, long maxMs) {
    long limitMs = Math.min(maxMs, firstMs << Math.min(doublings, 20));
    return random.nextLong(limitMs + 1);
  }
}
