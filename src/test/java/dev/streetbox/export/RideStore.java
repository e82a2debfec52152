package dev.streetbox.export;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.outbox.BootCounter;
import dev.streetbox.outbox.Committer;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.outbox.StoreSettings;
import dev.streetbox.simulate.GroundTruth;
import dev.streetbox.simulate.Ride;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/** Fills a store with the rows of simulated rides, one boot each. */
public final class RideStore {
  /** 2026-11-23 12:00:00 UTC. */
  public static final long NOON_MS = 1_795_435_200_000L;

  private static final int ROWS_PER_COMMIT = 600;
  private static final Ride RIDE = new Ride(1);

  private RideStore() {}

  /**
   * Adds a boot of a simulated ride.
   *
   * @param rows the number of rows, one a second
   * @param startMs the start of the boot, in ms since 1970
   * @param hidden the first of 120 rows whose place is private; 0 for none
   */
  public static void add(Path dataDir, int rows, long startMs, int hidden) {
    add(
        dataDir,
        rows,
        startMs,
        TimeSource.GNSS,
        seq -> second(seq, hidden > 0 && seq >= hidden && seq < hidden + 120));
  }

  /**
   * Adds a boot with given samples.
   *
   * @param source the time source of the boot's only anchor, {@code startMs} at tick 0
   * @param second the sample of each row by its seq, from 1
   */
  public static void add(
      Path dataDir, int rows, long startMs, TimeSource source, IntFunction<Sample> second) {
    ScriptedTime time = new ScriptedTime();
    Faults faults = new Faults();
    int boot = new BootCounter(dataDir, faults).next();
    Outbox outbox = new Outbox(boot, dataDir);
    StoreSettings settings =
        new StoreSettings(dataDir, Duration.ofSeconds(10), 1 << 30, Duration.ofDays(7));
    Committer committer = new Committer(settings, outbox, time, faults);
    outbox.append(new Anchor(boot, 0, startMs, source, 50));
    for (int seq = 1; seq <= rows; seq++) {
      outbox.append(new Row(boot, seq, seq * 1000L, second.apply(seq)));
      if (seq % ROWS_PER_COMMIT == 0) {
        time.pass(Duration.ofSeconds(10));
        committer.cycle();
      }
    }
    committer.close();
  }

  private static Sample second(int seq, boolean hidden) {
    GroundTruth now = RIDE.at(seq * 1000L);
    Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
    Set<Quality> flags = EnumSet.noneOf(Quality.class);
    if (hidden) {
      flags.add(Quality.GNSS_PRIVATE);
    } else {
      readings.put(Quantity.LAT, now.place().latDeg());
      readings.put(Quantity.LON, now.place().lonDeg());
      readings.put(Quantity.HACC, now.place().accuracyM());
      readings.put(Quantity.SPEED, now.place().speedMps());
    }
    readings.put(Quantity.PM2_5, now.air().pm25Ugm3());
    readings.put(Quantity.PM10, now.air().pm25Ugm3() + now.air().coarseUgm3());
    readings.put(Quantity.LAEQ, now.levelDba());
    readings.put(Quantity.LAFMAX, now.levelDba() + 2);
    readings.put(Quantity.TEMPERATURE, now.air().tempC());
    readings.put(Quantity.HUMIDITY, now.air().rhPct());
    if (seq < 90) {
      flags.add(Quality.GAS_WARMUP);
    } else {
      readings.put(Quantity.VOC_INDEX, Math.min(500, 100 + 300 * now.air().smell()));
    }
    if (now.place().speedMps() > 5) {
      flags.add(Quality.NOISE_MOTION);
    }
    return new Sample(readings, flags);
  }
}
