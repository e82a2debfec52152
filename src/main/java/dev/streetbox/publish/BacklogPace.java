package dev.streetbox.publish;

/**
 * Decides how many batches of backlog may be in flight, so that the backlog fills a fast link and
 * never delays live rows on a slow one. The delay of a message is its round trip beyond the least
 * one of the connection: the time that it waited behind other bytes (as LEDBAT, RFC 6817). The
 * number doubles a round trip while delays are short, and falls to one at the first long one. Then
 * the batches become smaller too, because one batch alone may take a slow link half a second.
 * Before a live batch is expected nothing is sent for as long as the backlog in flight needs. Used
 * by one thread; all times are real time.
 */
final class BacklogPace {
  /** A delay up to this (ms) is short: live rows are that much older at most. */
  static final long SHORT_MS = 250;

  /** A delay beyond this (ms) is long. */
  static final long LONG_MS = 500;

  /** The least number of rows of a batch to which a slow link leads. */
  static final int LEAST_ROWS = 15;

  /** Limits for how long (ms) nothing is sent before a live batch. */
  static final long MOST_QUIET_MS = 1000;

  private static final int FIRST_BATCHES = 2;
  private static final int MOST_BATCHES = InFlightMessages.MAX_MESSAGES;

  private int batches = FIRST_BATCHES;
  private int rows = Lanes.BATCH_ROWS;
  private long leastRoundTripMs = Long.MAX_VALUE;

  /** The longest delay of the last answers to the backlog; falls by an eighth at each. */
  private long backlogDelayMs;

  /** Begins a new connection with two batches. */
  void onConnected() {
    batches = FIRST_BATCHES;
    rows = Lanes.BATCH_ROWS;
    leastRoundTripMs = Long.MAX_VALUE;
    backlogDelayMs = 0;
  }

  /**
   * Notes an answer to any message.
   *
   * @param roundTripMs the time from the message to its answer
   * @param isBacklog whether the message was a batch of backlog; only such a one raises the pace
   */
  void onAnswer(long roundTripMs, boolean isBacklog) {
    leastRoundTripMs = Math.min(leastRoundTripMs, roundTripMs);
    long delayMs = roundTripMs - leastRoundTripMs;
    if (isBacklog) {
      backlogDelayMs = Math.max(delayMs, backlogDelayMs * 7 / 8);
    }
    if (delayMs > LONG_MS) {
      giveWay();
    } else if (isBacklog && delayMs <= SHORT_MS) {
      if (rows < Lanes.BATCH_ROWS) {
        rows = Math.min(Lanes.BATCH_ROWS, rows + LEAST_ROWS);
      } else {
        batches = Math.min(MOST_BATCHES, batches + 1);
      }
    } else if (isBacklog) {
      batches = Math.max(1, batches - 1);
    }
  }

  /** Sets the pace to one batch, and halves the rows of a batch if it was one already. */
  private void giveWay() {
    if (batches == 1) {
      rows = Math.max(LEAST_ROWS, rows / 2);
    }
    batches = 1;
  }

  /**
   * Returns whether one more batch may be sent.
   *
   * @param inFlight the batches of backlog in flight
   * @param oldestMs for how long the oldest message of any kind has been in flight; 0 if there is
   *     none
   */
  boolean allows(int inFlight, long oldestMs) {
    return inFlight == 0
        || (inFlight < batches && oldestMs <= LONG_MS + Math.min(leastRoundTripMs, LONG_MS * 20));
  }

  /**
   * Returns for how long before a live batch no backlog is sent, in ms, so that the link has sent
   * what is in flight when the live batch is complete.
   */
  long quietMs() {
    return Math.min(MOST_QUIET_MS, backlogDelayMs);
  }

  /** Returns the greatest number of rows of the next batch. */
  int rows() {
    return rows;
  }
}
