package dev.streetbox.outbox;

import dev.streetbox.bus.SystemTime;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A box as its disk sees it: a row a second of eighteen wandering values, a live batch acknowledged
 * every five seconds, an anchor every ten minutes, commits at the period given. In real time, since
 * what a kernel writes depends on it; {@code src/bench/wear} runs it on a disk of its own and counts.
 */
public final class WearBench {
  private static final List<Quantity> MEASURED =
      List.of(
          Quantity.LAT,
          Quantity.LON,
          Quantity.HACC,
          Quantity.SPEED,
          Quantity.COURSE,
          Quantity.PM1,
          Quantity.PM2_5,
          Quantity.PM4,
          Quantity.PM10,
          Quantity.LAEQ,
          Quantity.LAFMAX,
          Quantity.LCPEAK,
          Quantity.VOC_INDEX,
          Quantity.NOX_INDEX,
          Quantity.H2S,
          Quantity.NH3,
          Quantity.TEMPERATURE,
          Quantity.HUMIDITY);

  private WearBench() {}

  /**
   * Runs until it is killed, or for so many seconds.
   *
   * @param args the data folder, the commit period in seconds, how many seconds to run
   */
  public static void main(String[] args) throws IOException {
    Path dataDir = Path.of(args[0]);
    Duration period = Duration.ofSeconds(Long.parseLong(args[1]));
    long seconds = Long.parseLong(args[2]);
    SystemTime time = new SystemTime();
    Faults faults = new Faults();
    int boot = new BootCounter(dataDir, faults).next();
    Outbox outbox = new Outbox(boot, dataDir);
    Committer committer =
        new Committer(
            new StoreSettings(dataDir, period, 1L << 31, Duration.ofDays(7)), outbox, time, faults);
    SplittableRandom random = new SplittableRandom(1);
    double[] values = new double[MEASURED.size()];
    for (long seq = 1; seq <= seconds; seq++) {
      if (seq % 600 == 1) {
        outbox.append(
            new Anchor(
                boot, time.tickMs(), time.systemClock().toEpochMilli(), TimeSource.GNSS, 50));
      }
      outbox.append(new Row(boot, seq, time.tickMs(), sample(values, random)));
      if (seq % 5 == 0) {
        outbox.acknowledge(new Range(boot, seq - 4, seq), List.of());
      }
      committer.cycle();
      time.sleep(Duration.ofMillis(Math.max(0, seq * 1000 - time.tickMs())));
    }
    committer.close();
    faults.list().forEach(System.err::println);
  }

  private static Sample sample(double[] values, SplittableRandom random) {
    Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
    for (int i = 0; i < values.length; i++) {
      Quantity quantity = MEASURED.get(i);
      boolean place = quantity == Quantity.LAT || quantity == Quantity.LON;
      values[i] += (random.nextDouble() - 0.5) * (place ? 0.0001 : 1.6);
      double middle = place ? 40.07 : 50;
      readings.put(quantity, quantity.rounded(middle + values[i]));
    }
    return Sample.of(readings);
  }
}
