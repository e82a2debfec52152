package dev.streetbox.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Sample;
import dev.streetbox.outbox.Drop;
import dev.streetbox.outbox.Reason;
import dev.streetbox.outbox.StoreAccount;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RowSummaryTest {
  private final RowSummary summary = new RowSummary();

  @BeforeEach
  void expectBoots() {
    List<Drop> drops =
        List.of(
            new Drop(new Range(1, 3, 4), Reason.STORE_FULL),
            new Drop(new Range(1, 8, 30), Reason.REFUSED));
    summary.addAccount(new StoreAccount(1, 100, 90, 90, drops, OptionalLong.empty(), 0));
    summary.addAccount(new StoreAccount(2, 100, 90, 90, List.of(), OptionalLong.empty(), 0));
  }

  private void add(int boot, long seq, Map<Quantity, Double> readings, Quality... flags) {
    Row row = new Row(boot, seq, seq * 1000, new Sample(readings, Set.of(flags)));
    summary.add(row, boot * 1_000_000L + seq * 1000, row.flags());
  }

  private void at(int boot, long seq, double lat, double speed) {
    add(boot, seq, Map.of(Quantity.LAT, lat, Quantity.LON, 116.0, Quantity.SPEED, speed));
  }

  @Test
  void levelsAreAveragedByEnergyAndTheRestArithmetically() {
    add(1, 1, Map.of(Quantity.LAEQ, 60.0, Quantity.PM2_5, 10.0, Quantity.LAFMAX, 70.0));
    add(1, 2, Map.of(Quantity.LAEQ, 70.0, Quantity.PM2_5, 30.0, Quantity.LAFMAX, 80.0));
    // IEC 61672-1, 3.9: 10 lg((10^6 + 10^7) / 2) = 67.4 dB
    assertEquals(67.40, summary.tallies().get(Quantity.LAEQ).mean().orElseThrow(), 0.005);
    assertEquals(20, summary.tallies().get(Quantity.PM2_5).mean().orElseThrow());
    assertTrue(summary.tallies().get(Quantity.LAFMAX).mean().isEmpty());
    assertEquals(80, summary.tallies().get(Quantity.LAFMAX).max());
  }

  @Test
  void aFlagMarksTheValuesOfItsGroupOnly() {
    add(1, 1, Map.of(Quantity.LAEQ, 60.0, Quantity.PM2_5, 10.0), Quality.NOISE_MOTION);
    add(1, 2, Map.of(Quantity.LAEQ, 60.0, Quantity.PM2_5, 10.0), Quality.PARKED);
    assertEquals(1, summary.tallies().get(Quantity.LAEQ).flagged());
    assertEquals(0, summary.tallies().get(Quantity.PM2_5).flagged());
    assertEquals(Map.of(Quality.NOISE_MOTION, 1L, Quality.PARKED, 1L), summary.flags());
  }

  @Test
  void secondsWithoutARowAndTheTimeBetweenBootsAreCounted() {
    for (long[] row : new long[][] {{1, 1_000}, {2, 2_000}, {3, 9_000}, {5, 11_000}}) {
      Row made = new Row(2, row[0], row[1], new Sample(Map.of(), Set.of()));
      summary.add(made, row[1], Set.of());
    }
    summary.add(new Row(1, 1, 1_000, new Sample(Map.of(), Set.of())), 60_000, Set.of());
    assertEquals(Map.of("never sampled", 6L, "no longer kept", 1L), summary.missing());
    assertEquals(48_000, summary.offMs());
  }

  @Test
  void rowsMissingBetweenRowsAreCountedByReason() {
    add(1, 2, Map.of());
    add(1, 6, Map.of()); // 3 and 4: store full; 5: no reason in the account
    add(1, 7, Map.of());
    add(1, 10, Map.of()); // 8 and 9 were refused
    add(2, 50, Map.of()); // no row is missing between two boots
    assertEquals(Map.of("store_full", 2L, "refused", 2L, "no longer kept", 1L), summary.missing());
    assertEquals(5, summary.rows());
    assertEquals(2, summary.boots());
    assertEquals(1_002_000, summary.firstUtcMs());
    assertEquals(2_050_000, summary.lastUtcMs());
  }

  @Test
  void theDistanceIsThatOfNearPositionsOfTheMovingBox() {
    // A thousandth of a degree of latitude is 111.2 m.
    at(1, 1, 40.000, 5);
    at(1, 2, 40.001, 5);
    assertEquals(111.2, summary.distanceM(), 0.1);
    at(1, 3, 40.0011, 0.1); // below the least speed: noise of the receiver
    at(1, 30, 40.003, 5); // more than 10 s after the position before
    add(1, 31, Map.of(), Quality.GNSS_PRIVATE);
    at(1, 32, 40.005, 5); // after a privacy zone
    at(2, 1, 40.006, 5); // another boot
    assertEquals(111.2, summary.distanceM(), 0.1);
    at(2, 2, 40.007, 5);
    assertEquals(222.4, summary.distanceM(), 0.1);
  }
}
