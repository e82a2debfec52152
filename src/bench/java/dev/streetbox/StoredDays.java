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
 * Fills a store with days of rows, one boot of 24 hours a day, ten rows a commit, none of them
 * sent. {@code src/bench/commands} runs the class.
 */
public final class StoredDays {
  private static final int ROWS_A_DAY = 86_400;
  private static final int ROWS_A_COMMIT = 10;

  private static final List<Quantity> MEASURED =
      List.of(
          Quantity.LAT,
          Quantity.LON,
          Quantity.HACC,
          Quantity.ALT,
          Quantity.SPEED,
          Quantity.COURSE,
          Quantity.PM1,
          Quantity.PM2_5,
          Quantity.PM4,
          Quantity.PM10,
          Quantity.NC0_5,
          Quantity.NC1,
          Quantity.NC2_5,
          Quantity.NC4,
          Quantity.NC10,
          Quantity.PARTICLE_SIZE,
          Quantity.LAEQ,
          Quantity.LAFMAX,
          Quantity.VOC_INDEX,
          Quantity.NOX_INDEX,
          Quantity.H2S,
          Quantity.TEMPERATURE,
          Quantity.HUMIDITY);

  private static final SplittableRandom RANDOM = new SplittableRandom(1);

  private StoredDays() {}

  /**
   * Fills one store.
   *
   * @param args the data folder, the number of days, and the start of the first day, ms since 1970
   */
  public static void main(String[] args) {
    long startMs = Long.parseLong(args[2]);
    for (int day = 0; day < Integer.parseInt(args[1]); day++) {
      add(Path.of(args[0]), startMs + day * ROWS_A_DAY * 1000L);
    }
  }

  private static void add(Path dataDir, long startMs) {
    ScriptedTime time = new ScriptedTime();
    Faults faults = new Faults();
    int boot = new BootCounter(dataDir, faults).next();
    Outbox outbox = new Outbox(boot, dataDir);
    StoreSettings settings =
        new StoreSettings(dataDir, Duration.ofSeconds(10), 2L << 30, Duration.ofDays(7));
    Committer committer = new Committer(settings, outbox, time, faults);
    outbox.append(new Anchor(boot, 0, startMs, TimeSource.GNSS, 50));
    double[] values = new double[MEASURED.size()];
    for (int seq = 1; seq <= ROWS_A_DAY; seq++) {
      outbox.append(new Row(boot, seq, seq * 1000L, sample(values)));
      time.pass(Duration.ofSeconds(1));
      if (seq % ROWS_A_COMMIT == 0) {
        committer.cycle();
      }
    }
    committer.close();
  }

  /** Returns values that walk at random around the middle of their range. */
  private static Sample sample(double[] values) {
    Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
    for (int i = 0; i < values.length; i++) {
      Quantity quantity = MEASURED.get(i);
      boolean place = quantity == Quantity.LAT || quantity == Quantity.LON;
      values[i] += (RANDOM.nextDouble() - 0.5) * (place ? 0.0001 : 1.6) - values[i] * 0.001;
      readings.put(quantity, quantity.rounded((place ? 40.07 : 50) + values[i]));
    }
    return Sample.of(readings);
  }
}
