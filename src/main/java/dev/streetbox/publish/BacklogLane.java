package dev.streetbox.publish;

import dev.streetbox.measure.Range;
import dev.streetbox.outbox.Outbox;
import java.util.Collection;
import java.util.Optional;

/**
 * Picks rows that were not sent live, at a limited rate. The oldest go first, because a store at
 * its limit drops rows in that order, and because a row is then never overtaken by more than what
 * was in flight. Used by one thread.
 */
final class BacklogLane {
  private final Outbox outbox;
  private final int rowsPerSecond;
  private final int batchRows;
  private final TopicBackoff backoff = new TopicBackoff();

  /** Rows that may go now; at or below zero none may. */
  private double budgetRows;

  private long refilledMs;

  /**
   * @param batchRows rows in a batch at most
   */
  BacklogLane(Outbox outbox, int rowsPerSecond, int batchRows) {
    this.outbox = outbox;
    this.rowsPerSecond = rowsPerSecond;
    this.batchRows = batchRows;
  }

  /** A new connection: begins with nothing to spend, so that the live lane is first. */
  void opened(long nowMs) {
    budgetRows = 0;
    refilledMs = nowMs;
  }

  /** Time has passed. */
  void refill(long nowMs) {
    double rate = rowsPerSecond / 1000.0;
    budgetRows = Math.min(batchRows, budgetRows + rate * (nowMs - refilledMs));
    refilledMs = nowMs;
  }

  /**
   * Returns the oldest rows that may go now.
   *
   * @param end the newest row that is backlog
   * @param except rows that are in flight or put aside
   */
  Optional<Range> next(long end, Collection<Range> except, long nowMs) {
    return isSpent() || !backoff.isOpen(nowMs)
        ? Optional.empty()
        : outbox.nextBacklog(end, except, batchRows);
  }

  /** Rows have gone. */
  void sent(Range rows) {
    budgetRows -= rows.size();
  }

  /** Returns whether the rate lets no row go now. */
  boolean isSpent() {
    return budgetRows <= 0;
  }

  TopicBackoff gate() {
    return backoff;
  }
}
