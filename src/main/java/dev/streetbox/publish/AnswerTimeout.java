package dev.streetbox.publish;

/**
 * Decides for how long a PUBACK may be missing before the connection is taken as lost. A slow
 * broker needs a long timeout and a lost link a short one. The timeout therefore doubles after a
 * connection without a quick answer was lost by silence, and is short again after a quick answer. A
 * quick answer to the first message of a connection does not count, because a broker that is slow
 * with batches may be quick with the small first message of each connection. Lasts over all
 * connections. Used by one thread; all times are real time.
 */
final class AnswerTimeout {
  /** The timeout of a link that answers quickly, in ms. */
  static final long SHORT_MS = 10_000;

  /** Limits the timeout, in ms. */
  static final long LONG_MS = 120_000;

  /** The longest round trip of a quick answer, in ms. */
  static final long QUICK_MS = 2000;

  private long timeoutMs = SHORT_MS;

  /** The slowest answer of the connection since the last quick one. */
  private long slowestMs;

  private boolean answeredQuickly;

  /** Begins a new connection. */
  void onConnected() {
    slowestMs = 0;
    answeredQuickly = false;
  }

  /**
   * Notes an answer.
   *
   * @param roundTripMs the time from the message to its answer
   * @param first whether the message was the first of the connection
   */
  void onAnswer(long roundTripMs, boolean first) {
    if (roundTripMs > QUICK_MS) {
      slowestMs = Math.max(slowestMs, roundTripMs);
    } else if (!first) {
      answeredQuickly = true;
      timeoutMs = SHORT_MS;
      slowestMs = 0;
    }
  }

  /** Notes that the connection is taken as lost, because an answer is missing. */
  void onSilence() {
    if (!answeredQuickly) {
      timeoutMs = Math.min(LONG_MS, 2 * timeoutMs);
    }
  }

  /**
   * Returns the timeout, in ms: at least three times the slowest answer of the connection, so that
   * a link that becomes slower is not given up.
   */
  long timeoutMs() {
    return Math.min(LONG_MS, Math.max(timeoutMs, 3 * slowestMs));
  }
}
