package dev.streetbox.publish;

import dev.streetbox.measure.JsonTree;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Limits the rows that are sent once more within a day. Guarded by its owner. */
final class ResendAllowance {
  private static final long DAY_MS = Duration.ofDays(1).toMillis();

  private final long rowsPerDay;

  /** Holds when the present day began, in ms since 1970; a day begins with its first request. */
  private long dayStartMs;

  private long dayRows;

  ResendAllowance(long rowsPerDay) {
    this.rowsPerDay = rowsPerDay;
  }

  /** Returns the limit of a day in rows. */
  long rowsPerDay() {
    return rowsPerDay;
  }

  /** Returns the rows that are left of the day. */
  long left(long utcMs) {
    begin(utcMs);
    return Math.max(0, rowsPerDay - dayRows);
  }

  /** Takes rows off the day. */
  void take(long rows, long utcMs) {
    begin(utcMs);
    dayRows += rows;
  }

  /** Begins a day if the last one is over; a clock that was set back does not begin one. */
  private void begin(long utcMs) {
    if (utcMs - dayStartMs >= DAY_MS) {
      dayRows = 0;
      dayStartMs = utcMs;
    } else if (utcMs < dayStartMs) {
      dayStartMs = utcMs;
    }
  }

  /** Returns the content for {@link #restore}; empty if nothing was taken. */
  Map<String, Object> content() {
    Map<String, Object> content = new LinkedHashMap<>();
    if (dayRows > 0) {
      content.put("day_start", dayStartMs);
      content.put("day_rows", dayRows);
    }
    return content;
  }

  /** Takes stored content over. */
  void restore(JsonTree content) {
    dayStartMs = (long) content.number("day_start").orElse(0);
    dayRows = Math.max(0, (long) content.number("day_rows").orElse(0));
  }
}
