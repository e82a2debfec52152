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

/** What many rows come to, added by boot and seq: constant memory, however many they are. */
final class RowSummary {
  /** A way is counted between positions no further apart in time: nobody knows what is between. */
  private static final long LONGEST_STEP_MS = 10_000;

  /** Below it a receiver's wandering would add up to a way (m/s). */
  private static final double STANDING_MPS = 0.5;

  private final Map<Quantity, Tally> tallies = new EnumMap<>(Quantity.class);
  private final Map<Quality, Long> flags = new EnumMap<>(Quality.class);
  private final Map<String, Long> missing = new TreeMap<>();
  private final Map<Integer, StoreAccount> accounts = new HashMap<>();
  private Optional<Row> last = Optional.empty();
  private Optional<Row> placed = Optional.empty();
  private long rows;
  private long boots;
  private long firstMs;
  private long lastMs;
  private double metres;

  /** What is known of a boot whose rows follow. */
  void expect(StoreAccount storeAccount) {
    accounts.put(storeAccount.boot(), storeAccount);
  }

  /** Adds the next row, measured at that time, with all its flags. */
  void add(Row row, long utcMs, Set<Quality> all) {
    boolean sameBoot = last.isPresent() && last.get().boot() == row.boot();
    if (sameBoot) {
      miss(row.boot(), last.get().seq() + 1, row.seq() - 1);
    }
    boots += sameBoot ? 0 : 1;
    firstMs = rows == 0 ? utcMs : Math.min(firstMs, utcMs);
    lastMs = rows == 0 ? utcMs : Math.max(lastMs, utcMs);
    rows++;
    row.readings()
        .forEach(
            (quantity, value) -> {
              boolean flagged = quantity.group().flags().stream().anyMatch(all::contains);
              tallies.computeIfAbsent(quantity, Tally::new).add(value, flagged);
            });
    all.forEach(flag -> flags.merge(flag, 1L, Long::sum));
    move(row);
    last = Optional.of(row);
  }

  private void move(Row row) {
    if (row.sample().get(Quantity.LAT).isEmpty()) {
      placed = Optional.empty();
      return;
    }
    boolean rides = row.sample().get(Quantity.SPEED).orElse(STANDING_MPS) >= STANDING_MPS;
    if (rides && placed.isPresent() && placed.get().boot() == row.boot()) {
      boolean near = row.tickMs() - placed.get().tickMs() <= LONGEST_STEP_MS;
      metres += near ? point(placed.get()).metresTo(point(row)) : 0;
    }
    placed = Optional.of(row);
  }

  private static GeoPoint point(Row row) {
    return new GeoPoint(
        row.sample().get(Quantity.LAT).orElseThrow(), row.sample().get(Quantity.LON).orElseThrow());
  }

  /** Counts rows that are not there, by the reason that the store knows. */
  private void miss(int boot, long first, long end) {
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

  /** How many rows were added. */
  long rows() {
    return rows;
  }

  /** Of how many boots. */
  long boots() {
    return boots;
  }

  /** The time of the earliest row, in ms since 1970; 0 if there is none. */
  long firstMs() {
    return firstMs;
  }

  /** The time of the latest row, in ms since 1970; 0 if there is none. */
  long lastMs() {
    return lastMs;
  }

  /** How far the box rode, in m, where its positions tell. */
  double metres() {
    return metres;
  }

  /** What each quantity came to that was measured at all, in the order of a row. */
  Map<Quantity, Tally> tallies() {
    return tallies;
  }

  /** How many rows had each flag, for those that any had. */
  Map<Quality, Long> flags() {
    return flags;
  }

  /** How many rows between the others are not there, by reason. */
  Map<String, Long> missing() {
    return missing;
  }
}
