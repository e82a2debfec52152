package dev.streetbox;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.outbox.BootCounter;
import dev.streetbox.outbox.Committer;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.outbox.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Fills stores with boots of rows, ten a commit, none of them sent, whose values walk at random.
 */
final class StoredRows {
  private static final int ROWS_A_COMMIT = 10;

  private final SplittableRandom random = new SplittableRandom(1);
  private final List<Quantity> measured;
  private final double pull;

  /**
   * @param measured what each row has
   * @param pull the part of its distance from the middle by which a value returns each second; 0
   *     for a free walk, which leaves the range of a quantity within days
   */
  StoredRows(List<Quantity> measured, double pull) {
    this.measured = measured;
    this.pull = pull;
  }

  /** Adds a boot with a row a second. */
  void add(Path dataDir, long startMs, int rows) {
    ScriptedTime time = new ScriptedTime();
    Faults faults = new Faults();
    int boot = new BootCounter(dataDir, faults).next();
    Outbox outbox = new Outbox(boot, dataDir);
    StoreSettings settings =
        new StoreSettings(dataDir, Duration.ofSeconds(ROWS_A_COMMIT), 2L << 30, Duration.ofDays(7));
    Committer committer = new Committer(settings, outbox, time, faults);
    outbox.append(new Anchor(boot, 0, startMs, TimeSource.GNSS, 50));
    double[] values = new double[measured.size()];
    for (int seq = 1; seq <= rows; seq++) {
      outbox.append(new Row(boot, seq, seq * 1000L, sample(values)));
      time.pass(Duration.ofSeconds(1));
      if (seq % ROWS_A_COMMIT == 0) {
        committer.cycle();
      }
    }
    committer.close();
  }

  private Sample sample(double[] values) {
    Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
    for (int i = 0; i < values.length; i++) {
      Quantity quantity = measured.get(i);
      boolean place = quantity == Quantity.LAT || quantity == Quantity.LON;
      values[i] += (random.nextDouble() - 0.5) * (place ? 0.0001 : 1.6) - values[i] * pull;
      readings.put(quantity, quantity.rounded((place ? 40.07 : 50) + values[i]));
    }
    return Sample.of(readings);
  }
}
