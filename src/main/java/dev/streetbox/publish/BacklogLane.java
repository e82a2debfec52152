package dev.streetbox.publish;

import dev.streetbox.measure.Range;
import dev.streetbox.outbox.Outbox;
import java.util.Collection;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;

/**
 * Selects rows that were not sent live, at a limited rate. The oldest rows are sent first, because
 * a store at its limit drops the oldest, and because backlog rows then arrive in order except for
 * those in flight at a loss. Used by one thread.
 */
final class BacklogLane {
  private final Outbox outbox;
  private final IntSupplier rowsPerSecond;
  private final int batchRows;
  private final TopicBackoff backoff = new TopicBackoff();

  /** The number of rows that may be sent now; at or below zero none may. */
  private double budgetRows;

  private long refilledMs;

  /** The tick (ms) until which the lane is held, because its oldest row is too large. */
  private long heldUntilMs = Long.MIN_VALUE;

  /**
   * @param rowsPerSecond returns the rate limit, in seconds of the rows' clock
   * @param batchRows the largest number of rows in a batch
   */
  BacklogLane(Outbox outbox, IntSupplier rowsPerSecond, int batchRows) {
    this.outbox = outbox;
    this.rowsPerSecond = rowsPerSecond;
    this.batchRows = batchRows;
  }

  /**
   * Resets the budget to zero on a new connection, so that the live lane is first. The lane is no
   * longer held, because the connection has a Maximum Packet Size of its own.
   */
  void onConnected(long nowMs) {
    budgetRows = 0;
    refilledMs = nowMs;
    heldUntilMs = Long.MIN_VALUE;
  }

  /**
   * Adds to the budget what the rate allows since the last call; one batch or a quarter of a second
   * at most.
   */
  void refill(long nowMs) {
    int rowsPerS = rowsPerSecond.getAsInt();
    double rate = rowsPerS / 1000.0;
    budgetRows =
        Math.min(Math.max(batchRows, rowsPerS / 4.0), budgetRows + rate * (nowMs - refilledMs));
    refilledMs = nowMs;
  }

  /**
   * Returns the oldest rows that may be sent now, if any.
   *
   * @param end the seq of the newest row that is backlog
   * @param except rows that are in flight or withheld
   * @param wanted selects boots by their numbers
   * @param limit at most this many rows
   */
  Optional<Range> next(
      long end, Collection<Range> except, IntPredicate wanted, int limit, long nowMs) {
    return isHeld(nowMs) || !isOpen(nowMs)
        ? Optional.empty()
        : outbox.nextBacklog(end, except, Math.min(limit, batchRows), wanted);
  }

  /** Returns whether the lane's topic and the rate limit allow a batch now. */
  boolean isOpen(long nowMs) {
    return !isBudgetSpent() && backoff.isOpen(nowMs);
  }

  /** Takes rows that were sent off the budget. */
  void markSent(Range rows) {
    budgetRows -= rows.size();
  }

  /** Holds the lane, because its oldest row is above the broker's Maximum Packet Size. */
  void hold(long nowMs) {
    heldUntilMs = nowMs + TopicBackoff.HOLD.toMillis();
  }

  /** Returns whether the lane is held, because its oldest row is too large. */
  boolean isHeld(long nowMs) {
    return nowMs < heldUntilMs;
  }

  /** Returns whether the rate limit allows no row now. */
  boolean isBudgetSpent() {
    return budgetRows <= 0;
  }

  /** Returns the back-off of the lane's topic. */
  TopicBackoff backoff() {
    return backoff;
  }
}
