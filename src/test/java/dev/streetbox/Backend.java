package dev.streetbox;

import dev.streetbox.measure.Row;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.measure.Timeline;
import dev.streetbox.outbox.Batch;
import dev.streetbox.outbox.Event;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Applies the times and corrections of batches and events as the contract (time.md) describes. */
final class Backend {
  /**
   * Holds the time of a row and the start of the row's boot.
   *
   * @param t UTC in ms
   * @param t0 the start of the boot by the same clock, UTC in ms
   * @param tq the source of both times
   * @param t0Min the earliest possible start of the boot, UTC in ms; only for an estimate
   * @param t0Max the latest possible start of the boot, UTC in ms; only for an estimate
   */
  record Dated(long t, long t0, String tq, OptionalLong t0Min, OptionalLong t0Max) {
    boolean isEstimate() {
      return tq.equals("est");
    }

    private boolean isBetterThan(Dated other) {
      return isEstimate() == other.isEstimate()
          ? t0Max.isPresent() || other.t0Max.isEmpty()
          : other.isEstimate();
    }
  }

  private final NavigableMap<Integer, NavigableMap<Long, Dated>> boots = new TreeMap<>();
  private int corrections;

  /** Stores the times of a batch's rows; a row with a better time replaces the stored one. */
  void receive(Batch batch) {
    for (Row row : batch.rows()) {
      Timeline timeline = batch.timeline();
      Dated dated =
          new Dated(
              timeline.utcMs(row.tickMs()),
              timeline.utcMs(row.tickMs()) - row.tickMs(),
              timeline.source(row.tickMs()).key(),
              timeline.earliestStartMs(),
              timeline.latestStartMs());
      boots
          .computeIfAbsent(row.boot(), any -> new TreeMap<>())
          .merge(row.seq(), dated, (old, now) -> now.isBetterThan(old) ? now : old);
    }
  }

  /** Applies an event of kind time to the stored rows; ignores other events. */
  void receive(Event event) {
    if (event.kind() != Event.Kind.TIME) {
      return;
    }
    corrections++;
    Map<String, Object> body = event.body();
    long t0 = (Long) body.get("dated_t0");
    String tq = (String) body.get("dated_tq");
    boots
        .getOrDefault(((Long) body.get("dated_boot")).intValue(), new TreeMap<>())
        .headMap((Long) body.get("last"), true)
        .replaceAll(
            (seq, old) ->
                tq.equals(TimeSource.EST.key()) && !old.isEstimate()
                    ? old
                    : new Dated(
                        old.t() - old.t0() + t0,
                        t0,
                        tq,
                        bound(body, "dated_t0_min"),
                        bound(body, "dated_t0_max")));
  }

  private static OptionalLong bound(Map<String, Object> body, String key) {
    return body.containsKey(key) ? OptionalLong.of((Long) body.get(key)) : OptionalLong.empty();
  }

  /** Returns every received row by boot and seq. */
  NavigableMap<Integer, NavigableMap<Long, Dated>> boots() {
    return boots;
  }

  /** Returns the number of received corrections. */
  int corrections() {
    return corrections;
  }
}
