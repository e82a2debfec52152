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

/** A backend that does with times what the contract (time.md) tells it to, and nothing else. */
final class Backend {
  /**
   * A row's time.
   *
   * @param t UTC in ms
   * @param t0 when its boot began, by the same clock
   * @param tq where both come from
   * @param t0Min the boot did not begin before this, for an estimate
   * @param t0Max the boot did not begin after this, for an estimate
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

  /** A batch has come. */
  void take(Batch batch) {
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

  /** An event has come: if it is about times, those change. */
  void take(Event event) {
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

  /** Every row that came, by boot and seq. */
  NavigableMap<Integer, NavigableMap<Long, Dated>> boots() {
    return boots;
  }

  /** How many corrections came. */
  int corrections() {
    return corrections;
  }
}
