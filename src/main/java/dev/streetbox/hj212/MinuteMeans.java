package dev.streetbox.hj212;

import dev.streetbox.listen.BoxMessage;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Sorts the rows of all boxes within an area by the minute that they stand for. A minute is closed
 * when it ended some time ago; rows that come later, as after a tunnel, are counted only, because a
 * platform takes each minute once. Used by one thread.
 */
public final class MinuteMeans {
  private static final long MINUTE_MS = 60_000;
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,15})?");

  private final Area area;
  private final long delayMs;
  private final NavigableMap<Long, Minute> open = new TreeMap<>();
  private long closedBefore;
  private long late;

  /**
   * Holds a minute that is closed.
   *
   * @param startMs its begin, UTC in ms
   */
  record Closed(long startMs, Minute minute) {}

  /**
   * Begins with the minute that runs.
   *
   * @param delayMs how long after its end a minute is closed, ms
   * @param nowMs UTC in ms
   */
  public MinuteMeans(Area area, long delayMs, long nowMs) {
    this.area = area;
    this.delayMs = delayMs;
    this.closedBefore = nowMs / MINUTE_MS;
  }

  /** Returns how many rows came after their minute was closed. */
  public long late() {
    return late;
  }

  /**
   * Adds the rows that were received for the first time. Simulated rows, rows outside the area,
   * with a doubted place or an estimated time are left out.
   */
  public void add(BoxMessage.Rows batch, List<BoxMessage.SentRow> rows, long nowMs) {
    if (!batch.simulated()) {
      rows.forEach(row -> add(row, nowMs));
    }
  }

  private void add(BoxMessage.SentRow row, long nowMs) {
    OptionalDouble t = number(row, "t");
    OptionalDouble lat = number(row, Quantity.LAT.key());
    OptionalDouble lon = number(row, Quantity.LON.key());
    boolean isDated = !row.fields().getOrDefault("tq", "").contains("est");
    if (t.isEmpty() || lat.isEmpty() || lon.isEmpty() || !isDated) {
      return;
    }
    if (isDoubted((int) number(row, "q").orElse(0), Quantity.LAT)) {
      return;
    }
    if (!area.contains(lat.getAsDouble(), lon.getAsDouble())) {
      return;
    }
    // A row stands for the second that ends at t.
    long minute = ((long) t.getAsDouble() - 1) / MINUTE_MS;
    if (minute < closedBefore) {
      late++;
    } else if (minute <= nowMs / MINUTE_MS + 1) {
      addValues(open.computeIfAbsent(minute, any -> new Minute()), row);
    }
  }

  private static void addValues(Minute minute, BoxMessage.SentRow row) {
    int q = (int) number(row, "q").orElse(0);
    for (Quantity quantity : Quantity.values()) {
      if (!isDoubted(q, quantity)) {
        number(row, quantity.key()).ifPresent(value -> minute.add(quantity, value));
      }
    }
  }

  private static boolean isDoubted(int q, Quantity quantity) {
    return Quality.of(q).stream().anyMatch(flag -> flag.group() == quantity.group());
  }

  /** Closes and returns the minutes that ended long enough ago and have rows, the oldest first. */
  List<Closed> close(long nowMs) {
    closedBefore = Math.max(closedBefore, (nowMs - delayMs) / MINUTE_MS);
    List<Closed> closed = new ArrayList<>();
    NavigableMap<Long, Minute> ended = open.headMap(closedBefore, false);
    ended.forEach((minute, values) -> closed.add(new Closed(minute * MINUTE_MS, values)));
    ended.clear();
    return closed;
  }

  private static OptionalDouble number(BoxMessage.SentRow row, String key) {
    return Optional.ofNullable(row.fields().get(key)).stream()
        .filter(text -> NUMBER.matcher(text).matches())
        .mapToDouble(Double::parseDouble)
        .findFirst();
  }
}
