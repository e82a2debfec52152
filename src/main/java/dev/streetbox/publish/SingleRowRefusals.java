package dev.streetbox.publish;

import dev.streetbox.measure.Range;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Counts how often a single backlog row was refused, by a PUBACK or by the close of a connection
 * with the row alone in flight, and decides when this proves that the row is the reason. A broker
 * that closes each connection for a reason of its own, such as its third message, or that refuses
 * messages at random, must never convict a row. A row is therefore the reason only after twenty
 * refusals and ten minutes, and only if another row was accepted in between; after a close, a
 * backlog row at the same or a later place among the messages of a connection. So that other rows
 * are tried in between, such a row waits after each refusal. Used by one thread; all times are of
 * the rows' clock.
 */
final class SingleRowRefusals {
  /** The number of refusals of a row before it is convicted. */
  static final int REFUSALS = 20;

  /** The time from the first of these refusals to the last before the row is convicted. */
  static final Duration SPAN = Duration.ofMinutes(10);

  /** The wait of a row after each refusal; nineteen of them take ten minutes. */
  private static final Duration WAIT = Duration.ofSeconds(32);

  /** Limits that wait, which doubles while the broker accepts no row at all. */
  private static final Duration LONG_WAIT = Duration.ofMinutes(5);

  private static final int NONE = -1;

  /** Counts the refusals of one row. */
  private static final class RefusalCount {
    private final long firstMs;
    private int count;
    private long waitMs;
    private long waitUntilMs;

    /** The greatest number of messages that preceded the row on a closed connection. */
    private int place;

    /** Likewise of another row that was accepted since the first refusal. */
    private int acceptedPlace = NONE;

    /** Tells whether another row was accepted since the last refusal. */
    private boolean othersAccepted = true;

    RefusalCount(long nowMs) {
      this.firstMs = nowMs;
    }

    /** Returns whether another row was accepted where this row was not. */
    boolean isCompared() {
      return acceptedPlace >= place;
    }

    /** Returns whether the refusals are enough for a conviction. */
    boolean areEnoughAt(long nowMs) {
      return count >= REFUSALS && nowMs - firstMs >= SPAN.toMillis();
    }

    void count(int next, long nowMs) {
      count++;
      place = Math.max(place, next);
      boolean isLong = !othersAccepted || count >= REFUSALS;
      waitMs = isLong ? Math.min(LONG_WAIT.toMillis(), 2 * waitMs) : WAIT.toMillis();
      waitUntilMs = nowMs + waitMs;
      othersAccepted = false;
    }

    void onOtherAccepted(int next) {
      acceptedPlace = Math.max(acceptedPlace, next);
      othersAccepted = true;
    }
  }

  private final Map<Range, RefusalCount> rows = new HashMap<>();

  /**
   * Counts a PUBACK that refuses a row.
   *
   * @return whether the row is the reason
   */
  boolean onRefused(Range row, long nowMs) {
    return onClosed(row, 0, nowMs);
  }

  /** Returns whether a row was refused before. */
  boolean isKnown(Range row) {
    return rows.containsKey(row);
  }

  /**
   * Counts a close with a row alone in flight.
   *
   * @param place the number of messages that preceded the row on the connection
   * @return whether the row is the reason
   */
  boolean onClosed(Range row, int place, long nowMs) {
    RefusalCount history = rows.computeIfAbsent(row, first -> new RefusalCount(nowMs));
    boolean compared = history.isCompared();
    history.count(place, nowMs);
    return compared && history.areEnoughAt(nowMs);
  }

  /**
   * Notes that the broker has accepted backlog rows.
   *
   * @param place the number of messages that preceded them on the connection
   */
  void onAccepted(Range accepted, int place) {
    clear(accepted);
    rows.values().forEach(history -> history.onOtherAccepted(place));
  }

  /**
   * Notes that the broker has accepted live rows. They are compared with rows that a PUBACK
   * refused, and not with rows at which it closed the connection, because the topic may be the
   * reason for the close.
   */
  void onLiveAccepted() {
    rows.values().forEach(history -> history.onOtherAccepted(0));
  }

  /** Removes rows that the broker has, or that are withheld or gone. */
  void clear(Range gone) {
    rows.keySet()
        .removeIf(
            row ->
                row.boot() == gone.boot()
                    && row.first() >= gone.first()
                    && row.last() <= gone.last());
  }

  /** Returns the rows that must not be sent now. */
  Stream<Range> waiting(long nowMs) {
    return rows.entrySet().stream()
        .filter(entry -> nowMs < entry.getValue().waitUntilMs)
        .map(Map.Entry::getKey);
  }

  /**
   * Returns whether only the acceptance of another backlog row is missing for a conviction, so that
   * live rows are to be sent as backlog.
   */
  boolean needsComparison() {
    return rows.values().stream()
        .anyMatch(history -> history.count >= REFUSALS && !history.isCompared());
  }

  /** Returns whether a row waits, so that it becomes due without any new row or answer. */
  boolean isWaiting(long nowMs) {
    return waiting(nowMs).findAny().isPresent();
  }
}
