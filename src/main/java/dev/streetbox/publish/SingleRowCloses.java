package dev.streetbox.publish;

import dev.streetbox.measure.Range;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Counts the connections that were closed with a single backlog row alone in flight, and decides
 * when these closes prove that the row is the reason. A broker that closes each connection for a
 * reason of its own, such as its third message, must never convict a row. A row is therefore the
 * reason only after twenty connections and ten minutes, and only if another backlog row was
 * accepted in between at the same or a later place among the messages of a connection. So that
 * other rows are tried in between, such a row waits after each close. Used by one thread; all times
 * are of the rows' clock.
 */
final class SingleRowCloses {
  /** The number of connections closed with the row before it is convicted. */
  static final int CONNECTIONS = 20;

  /** The time from the first of these closes to the last before the row is convicted. */
  static final Duration SPAN = Duration.ofMinutes(10);

  /** The wait of a row after each close; twenty of them take ten minutes. */
  private static final Duration WAIT = Duration.ofSeconds(30);

  /** The wait of a row after the twentieth close, if it is not convicted. */
  private static final Duration LONG_WAIT = Duration.ofMinutes(5);

  /**
   * Holds the closes of one row.
   *
   * @param place the greatest number of messages that preceded the row on a closed connection
   * @param acceptedPlace the greatest number of messages that preceded another backlog row that was
   *     accepted since the first close; −1 if none was
   */
  private record Closes(int count, long firstMs, long waitUntilMs, int place, int acceptedPlace) {
    /** Returns whether another row was accepted where this row was not. */
    boolean isCompared() {
      return acceptedPlace >= place;
    }
  }

  private static final int NONE = -1;

  private final Map<Range, Closes> closes = new HashMap<>();

  /**
   * Counts a close with a row alone in flight.
   *
   * @param place the number of messages that preceded the row on the connection
   * @return whether the row is the reason
   */
  boolean onClosed(Range row, int place, long nowMs) {
    Closes before = closes.getOrDefault(row, new Closes(0, nowMs, nowMs, 0, NONE));
    int count = before.count() + 1;
    Duration wait = count < CONNECTIONS ? WAIT : LONG_WAIT;
    closes.put(
        row,
        new Closes(
            count,
            before.firstMs(),
            nowMs + wait.toMillis(),
            Math.max(before.place(), place),
            before.acceptedPlace()));
    return count >= CONNECTIONS
        && nowMs - before.firstMs() >= SPAN.toMillis()
        && before.isCompared();
  }

  /**
   * Notes that the broker has accepted backlog rows.
   *
   * @param place the number of messages that preceded them on the connection
   */
  void onAccepted(Range rows, int place) {
    clear(rows);
    closes.replaceAll(
        (row, of) ->
            new Closes(
                of.count(),
                of.firstMs(),
                of.waitUntilMs(),
                of.place(),
                Math.max(of.acceptedPlace(), place)));
  }

  /** Removes rows that the broker has, or that are withheld or gone. */
  void clear(Range rows) {
    closes
        .keySet()
        .removeIf(
            row ->
                row.boot() == rows.boot()
                    && row.first() >= rows.first()
                    && row.last() <= rows.last());
  }

  /** Returns the rows that must not be sent now. */
  Stream<Range> waiting(long nowMs) {
    return closes.entrySet().stream()
        .filter(entry -> nowMs < entry.getValue().waitUntilMs())
        .map(Map.Entry::getKey);
  }

  /**
   * Returns whether only the acceptance of another backlog row is missing for a conviction, so that
   * live rows are to be sent as backlog.
   */
  boolean needsComparison() {
    return closes.values().stream().anyMatch(of -> of.count() >= CONNECTIONS && !of.isCompared());
  }

  /** Returns whether a row waits, so that it becomes due without any new row or answer. */
  boolean isWaiting(long nowMs) {
    return waiting(nowMs).findAny().isPresent();
  }
}
