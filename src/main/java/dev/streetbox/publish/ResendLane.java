package dev.streetbox.publish;

import dev.streetbox.measure.Range;
import java.util.Collection;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Selects rows to send once more. Used by the publisher's thread. */
final class ResendLane {
  private final Resends resends;
  private final int batchRows;

  /** The tick (ms) until which the lane is held, because its first row is too large. */
  private long heldUntilMs = Long.MIN_VALUE;

  /**
   * @param batchRows the largest number of rows in a batch
   */
  ResendLane(Resends resends, int batchRows) {
    this.resends = resends;
    this.batchRows = batchRows;
  }

  /** Ends a hold, because the connection has a Maximum Packet Size of its own. */
  void onConnected() {
    heldUntilMs = Long.MIN_VALUE;
  }

  /**
   * Returns the rows to send now, if any.
   *
   * @param except rows that are in flight or put aside
   * @param wanted selects boots by their numbers
   */
  Optional<Range> next(Collection<Range> except, IntPredicate wanted, long nowMs) {
    return nowMs < heldUntilMs ? Optional.empty() : resends.next(except, batchRows, wanted);
  }

  /** Removes rows that the broker has acknowledged once more. */
  void markSent(Range rows) {
    resends.markSent(rows);
  }

  /** Removes rows that cannot be sent. */
  void giveUp(Range rows) {
    resends.giveUp(rows);
  }

  /** Holds the lane, because its first row is above the broker's Maximum Packet Size. */
  void hold(long nowMs) {
    heldUntilMs = nowMs + TopicBackoff.HOLD.toMillis();
  }
}
