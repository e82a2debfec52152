package dev.streetbox.report;

import dev.streetbox.datadir.StoredSection;
import dev.streetbox.measure.JsonTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Keeps the states of the newest reports, which never go back: kept, sent, received, dispatched,
 * then done or rejected, of which the first stays. States may come in any order and repeatedly.
 * Safe for every thread.
 */
public final class ReportStates implements StoredSection {
  /** The number of reports that are kept; beyond it the oldest is removed. */
  public static final int CAPACITY = 200;

  /** A final state is shown for so long (ms). */
  static final long FINAL_SHOWN_MS = Duration.ofMinutes(10).toMillis();

  /** Any other state is shown for so long (ms), because a city may never answer. */
  static final long OPEN_SHOWN_MS = Duration.ofDays(1).toMillis();

  /** A clock may be set back by so much (ms) before the age of a state counts as unknown. */
  private static final long CLOCK_STEP_MS = 60_000;

  private static final String LIST = "list";

  /**
   * Holds a report.
   *
   * @param id as it is published
   * @param status the state that holds
   * @param madeMs when the box kept it, in ms UTC by the system clock
   * @param changedMs when the state began, in ms UTC by the system clock
   * @param cancelled whether the courier has taken it back
   * @param reference by which the sender of the report on this box recognises it; empty: none
   */
  public record Entry(
      String id,
      ReportStatus status,
      long madeMs,
      long changedMs,
      boolean cancelled,
      String reference) {
    private Entry with(ReportStatus next, long nowMs) {
      return new Entry(id, next, madeMs, nowMs, cancelled, reference);
    }

    private Entry asCancelled() {
      return new Entry(id, status, madeMs, changedMs, true, reference);
    }
  }

  private final LongSupplier utcMs;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * Makes an empty list.
   *
   * @param utcMs the system clock in ms UTC
   */
  public ReportStates(LongSupplier utcMs) {
    this.utcMs = utcMs;
  }

  /**
   * Adds a report in its first state, or applies the state to a report that is there already.
   *
   * @param reference by which the sender of the report on this box recognises it; empty: none
   */
  public synchronized void add(String id, ReportStatus status, String reference) {
    if (apply(id, status).isEmpty()) {
      long nowMs = utcMs.getAsLong();
      put(new Entry(id, status, nowMs, nowMs, false, reference));
    }
  }

  /**
   * Applies a state, unless the report has a later one.
   *
   * @return the state that holds afterwards; empty if the report is unknown
   */
  public synchronized Optional<ReportStatus> apply(String id, ReportStatus status) {
    Entry entry = entries.get(id);
    if (entry == null) {
      return Optional.empty();
    }
    if (status.replaces(entry.status())) {
      entries.put(id, entry.with(status, utcMs.getAsLong()));
    }
    return Optional.of(entries.get(id).status());
  }

  /** Notes that the courier has taken a report back; no effect if the report is unknown. */
  public synchronized void cancel(String id) {
    entries.computeIfPresent(id, (any, entry) -> entry.asCancelled());
  }

  /** Returns the reports, the oldest first. */
  public synchronized List<Entry> list() {
    return List.copyOf(entries.values());
  }

  /**
   * Returns the state to show: that of the newest report that was not taken back, a final one for
   * ten minutes, any other for a day.
   */
  public synchronized Optional<ReportStatus> shown() {
    List<Entry> newestFirst = new ArrayList<>(entries.values());
    Collections.reverse(newestFirst);
    return newestFirst.stream()
        .filter(entry -> !entry.cancelled())
        .findFirst()
        .filter(this::isRecent)
        .map(Entry::status);
  }

  private boolean isRecent(Entry entry) {
    long ageMs = utcMs.getAsLong() - entry.changedMs();
    return ageMs >= -CLOCK_STEP_MS
        && ageMs < (entry.status().isFinal() ? FINAL_SHOWN_MS : OPEN_SHOWN_MS);
  }

  @Override
  public String key() {
    return "reports";
  }

  @Override
  public synchronized Map<String, Object> content() {
    List<Object> list = new ArrayList<>();
    for (Entry entry : entries.values()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("id", entry.id());
      fields.put("status", entry.status().key());
      fields.put("made", entry.madeMs());
      fields.put("changed", entry.changedMs());
      fields.put("cancelled", entry.cancelled());
      list.add(fields);
    }
    return list.isEmpty() ? Map.of() : Map.of(LIST, list);
  }

  /** {@inheritDoc} Reports that are known already stay the newer ones, with the later state. */
  @Override
  public synchronized void restore(JsonTree content) {
    List<Entry> newer = list();
    entries.clear();
    for (JsonTree fields : content.children(LIST)) {
      Optional<String> id = fields.string("id").filter(text -> !text.isEmpty());
      Optional<ReportStatus> status = fields.string("status").flatMap(ReportStatus::of);
      if (id.isPresent() && status.isPresent()) {
        put(
            new Entry(
                id.get(),
                status.get(),
                (long) fields.number("made").orElse(0),
                (long) fields.number("changed").orElse(0),
                fields.isTrue("cancelled"),
                ""));
      }
    }
    newer.forEach(this::putLater);
  }

  private void putLater(Entry newer) {
    Entry older = entries.remove(newer.id());
    boolean isOlderLater = older != null && older.status().replaces(newer.status());
    put(isOlderLater ? newer.with(older.status(), older.changedMs()) : newer);
  }

  private void put(Entry entry) {
    entries.put(entry.id(), entry);
    if (entries.size() > CAPACITY) {
      entries.remove(entries.keySet().iterator().next());
    }
  }
}
