package dev.streetbox.export;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Row;
import dev.streetbox.outbox.Drop;
import dev.streetbox.outbox.StoreAccount;
import dev.streetbox.record.GeoPoint;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sums up rows, added in the order of boot and seq: rows, distance, quantities, flags and missing
 * rows. Its memory does not grow with the rows.
 */
final class RowSummary {
  /** Limits the time between two positions whose distance is counted (ms). */
  private static final long MAX_STEP_MS = 10_000;

  /** Below this speed (m/s) the noise of the positions would add up to a distance. */
  private static final double STANDING_MPS = 0.5;

  private final Map<Quantity, Tally> tallies = new EnumMap<>(Quantity.class);
  private final Map<Quality, Long> flags = new EnumMap<>(Quality.class);
  private final Map<String, Long> missing = new TreeMap<>();
  private final Map<Integer, StoreAccount> accounts = new HashMap<>();
  private Optional<Row> lastRow = Optional.empty();
  private Optional<Row> lastPositioned = Optional.empty();
  private long rows;
  private long boots;
  private long firstUtcMs;
  private long lastUtcMs;
  private double distanceM;

  /** Adds the store's account of a boot, before the boot's rows. */
  void addAccount(StoreAccount storeAccount) {
    accounts.put(storeAccount.boot(), storeAccount);
  }

  /**
   * Adds the next row.
   *
   * @param utcMs the time of the measurement, in ms since 1970
   * @param all the row's flags, {@code time_est} included
   */
  void add(Row row, long utcMs, Set<Quality> all) {
    boolean sameBoot = lastRow.isPresent() && lastRow.get().boot() == row.boot();
    if (sameBoot) {
      countMissing(row.boot(), lastRow.get().seq() + 1, row.seq() - 1);
    }
    boots += sameBoot ? 0 : 1;
    firstUtcMs = rows == 0 ? utcMs : Math.min(firstUtcMs, utcMs);
    lastUtcMs = rows == 0 ? utcMs : Math.max(lastUtcMs, utcMs);
    rows++;
    int rowFlags = Quality.bits(all);
    row.readings()
        .forEach(
            (quantity, value) ->
                tallies.computeIfAbsent(quantity, Tally::new).add(value, rowFlags));
    all.forEach(flag -> flags.merge(flag, 1L, Long::sum));
    addDistance(row);
    lastRow = Optional.of(row);
  }

  private void addDistance(Row row) {
    if (row.sample().get(Quantity.LAT).isEmpty()) {
      lastPositioned = Optional.empty();
      return;
    }
    boolean isMoving = row.sample().get(Quantity.SPEED).orElse(STANDING_MPS) >= STANDING_MPS;
    if (isMoving && lastPositioned.isPresent() && lastPositioned.get().boot() == row.boot()) {
      boolean near = row.tickMs() - lastPositioned.get().tickMs() <= MAX_STEP_MS;
      distanceM += near ? point(lastPositioned.get()).metresTo(point(row)) : 0;
    }
    lastPositioned = Optional.of(row);
  }

  private static GeoPoint point(Row row) {
    return new GeoPoint(
        row.sample().get(Quantity.LAT).orElseThrow(), row.sample().get(Quantity.LON).orElseThrow());
  }

  /** Counts missing rows by the reason in the store's account of the boot. */
  private void countMissing(int boot, long first, long end) {
    long unknown = end - first + 1;
    for (Drop drop : accounts.get(boot).drops()) {
      long from = Math.max(first, drop.range().first());
      long to = Math.min(end, drop.range().last());
      if (from <= to) {
        missing.merge(drop.reason().key(), to - from + 1, Long::sum);
        unknown -= to - from + 1;
      }
    }
    if (unknown > 0) {
      missing.merge("no longer kept", unknown, Long::sum);
    }
  }

  /** Returns the number of rows. */
  long rows() {
    return rows;
  }

  /** Returns the number of boots that have rows. */
  long boots() {
    return boots;
  }

  /** Returns the time of the earliest row, in ms since 1970; 0 if there is none. */
  long firstUtcMs() {
    return firstUtcMs;
  }

  /** Returns the time of the latest row, in ms since 1970; 0 if there is none. */
  long lastUtcMs() {
    return lastUtcMs;
  }

  /** Returns the distance in m between successive positions of the moving box. */
  double distanceM() {
    return distanceM;
  }

  /** Returns the tally of each quantity that any row has, in the order of a row. */
  Map<Quantity, Tally> tallies() {
    return tallies;
  }

  /** Returns the number of rows with each flag that any row has. */
  Map<Quality, Long> flags() {
    return flags;
  }

  /** Returns the number of missing rows between the rows, by reason. */
  Map<String, Long> missing() {
    return missing;
  }
}
