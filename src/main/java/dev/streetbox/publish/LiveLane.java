package dev.streetbox.publish;

import dev.streetbox.measure.Range;
import dev.streetbox.outbox.Outbox;
import java.time.Duration;
import java.util.Optional;

/**
 * Picks the newest rows, once every live period. What it does not take is left to the backlog. Used
 * by one thread.
 */
final class LiveLane {
  /** A second in which no row was measured makes no live batch later than this. */
  private static final long LATENESS_MS = 500;

  private final Outbox outbox;
  private final Duration period;
  private final int batchRows;
  private final TopicBackoff backoff = new TopicBackoff();
  private long from = 1;
  private long dueMs = Long.MIN_VALUE;

  /**
   * @param period one batch this often
   * @param batchRows rows in a batch at most
   */
  LiveLane(Outbox outbox, Duration period, int batchRows) {
    this.outbox = outbox;
    this.period = period;
    this.batchRows = batchRows;
  }

  /** A new connection: begins at the newest rows, at once. */
  void opened(long nowMs) {
    from = Math.max(from, outbox.newestToSend() - batchRows + 1);
    dueMs = nowMs;
  }

  /** Returns the rows to send now, if there are any and it is time. */
  Optional<Range> next(long nowMs) {
    long newest = outbox.newestToSend();
    // As soon as the rows of a period are there: none is then older than it must be.
    boolean full = newest - from + 1 >= period.toSeconds();
    if (newest < from || (!full && nowMs < dueMs)) {
      return Optional.empty();
    }
    if (!backoff.isOpen(nowMs)) {
      from = newest + 1; // What cannot go live goes as backlog, if that is allowed.
      return Optional.empty();
    }
    from = Math.max(from, newest - batchRows + 1);
    return Optional.of(new Range(outbox.boot(), from, newest));
  }

  /** Rows have gone: the next ones go a period later. */
  void sent(Range rows, long nowMs) {
    skip(rows);
    dueMs = nowMs + period.toMillis() + LATENESS_MS;
  }

  /** These rows do not go live. */
  void skip(Range rows) {
    from = rows.last() + 1;
  }

  /** Lets the newest rows go now, whether it is time or not. */
  void hurry(long nowMs) {
    dueMs = nowMs;
  }

  /** Returns the newest row that is left to the backlog. */
  long backlogEnd() {
    return from - 1;
  }

  TopicBackoff gate() {
    return backoff;
  }
}
