package dev.streetbox.publish;

import dev.streetbox.measure.Range;
import dev.streetbox.outbox.Outbox;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Selects the newest rows, once every live period. Rows that it does not select become backlog.
 * Used by one thread; all times are of the rows' clock.
 */
final class LiveLane {
  /** Limits by how much a second without a row delays a live batch, in ms. */
  private static final long LATENESS_MS = 500;

  private final Outbox outbox;
  private final Supplier<Duration> periods;
  private final int batchRows;
  private final TopicBackoff backoff = new TopicBackoff();
  private Duration period;
  private long nextSeq = 1;
  private long dueMs = Long.MIN_VALUE;

  /** The newest row that was seen, and when. */
  private long newestSeq;

  private long newestSeenMs = Long.MIN_VALUE;

  /**
   * @param periods returns the time between batches; if it changes, the newest rows are due at once
   * @param batchRows the largest number of rows in a batch
   */
  LiveLane(Outbox outbox, Supplier<Duration> periods, int batchRows) {
    this.outbox = outbox;
    this.periods = periods;
    this.period = periods.get();
    this.batchRows = batchRows;
  }

  /** Begins a new connection with the newest rows, which are due at once. */
  void onConnected(long nowMs) {
    nextSeq = Math.max(nextSeq, outbox.newestToSend() - batchRows + 1);
    dueMs = nowMs;
  }

  /** Returns the rows to send now, if there are any and they are due. */
  Optional<Range> next(long nowMs) {
    if (!period.equals(periods.get())) {
      period = periods.get();
      dueMs = nowMs;
    }
    long newest = outbox.newestToSend();
    if (newest != newestSeq) {
      newestSeq = newest;
      newestSeenMs = nowMs;
    }
    // A batch is due as soon as it holds the rows of a period, so that no row waits longer.
    boolean full = newest - nextSeq + 1 >= period.toSeconds();
    if (newest < nextSeq || (!full && nowMs < dueMs)) {
      return Optional.empty();
    }
    if (!backoff.isOpen(nowMs)) {
      // Rows that the live topic does not accept become backlog, in batches of the same size.
      nextSeq = newest + 1;
      dueMs = nowMs + period.toMillis() + LATENESS_MS;
      return Optional.empty();
    }
    nextSeq = Math.max(nextSeq, newest - batchRows + 1);
    return Optional.of(new Range(outbox.boot(), nextSeq, newest));
  }

  /**
   * Returns whether a batch that is not complete yet is expected within a time, at one row a second
   * after the newest one. A batch that is late is no longer expected after half a second, and none
   * is within no time at all.
   */
  boolean isExpected(long withinMs, long nowMs) {
    long missing = period.toSeconds() - (newestSeq - nextSeq + 1);
    if (withinMs <= 0 || newestSeenMs == Long.MIN_VALUE || missing <= 0 || !backoff.isOpen(nowMs)) {
      return false;
    }
    long expectedMs = newestSeenMs + missing * 1000;
    return nowMs >= expectedMs - withinMs && nowMs < expectedMs + LATENESS_MS;
  }

  /** Notes that rows were sent; the next batch is due a period later. */
  void markSent(Range rows, long nowMs) {
    skip(rows);
    dueMs = nowMs + period.toMillis() + LATENESS_MS;
  }

  /** Passes over rows. */
  void skip(Range rows) {
    nextSeq = rows.last() + 1;
  }

  /** Makes the newest rows due now. */
  void makeDue(long nowMs) {
    dueMs = nowMs;
  }

  /** Returns the seq of the newest row that is backlog. */
  long backlogEnd() {
    return nextSeq - 1;
  }

  /** Returns the back-off of the lane's topic. */
  TopicBackoff backoff() {
    return backoff;
  }
}
