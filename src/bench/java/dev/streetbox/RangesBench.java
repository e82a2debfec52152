package dev.streetbox;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.outbox.Committer;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.outbox.StoreSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Measures what a minute of rows costs the outbox of a boot with many ranges: every second row was
 * acknowledged, and each commit follows ten more rows and one acknowledgement.
 */
public final class RangesBench {
  private static final int MINUTES = 5;

  private RangesBench() {}

  /** Runs the bench with that many ranges, in that folder. */
  public static void main(String[] args) throws Exception {
    int ranges = Integer.parseInt(args[0]);
    Path dir = Files.createTempDirectory(Path.of(args[1]), "ranges");
    ScriptedTime time = new ScriptedTime();
    Outbox outbox = new Outbox(1, dir);
    StoreSettings settings =
        new StoreSettings(dir, Duration.ofSeconds(10), 2L << 30, Duration.ofDays(7));
    Committer committer = new Committer(settings, outbox, time, new Faults());
    outbox.append(new Anchor(1, 0, 1_795_420_800_000L, TimeSource.GNSS, 100));
    Sample sample = Sample.of(Map.of(Quantity.TEMPERATURE, 21.4));
    long seq = 0;
    while (seq < 2L * ranges) {
      seq++;
      time.sleep(Duration.ofSeconds(1));
      outbox.append(new Row(1, seq, time.tickMs(), sample));
      if (seq % 2 == 0) {
        outbox.acknowledge(new Range(1, seq, seq), List.of());
      }
      if (seq % 5_000 == 0) {
        committer.cycle();
      }
    }
    committer.cycle();
    long begin = 0;
    for (int second = -60; second < 60 * MINUTES; second++) {
      if (second == 0) {
        begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      }
      seq++;
      time.sleep(Duration.ofSeconds(1));
      outbox.append(new Row(1, seq, time.tickMs(), sample));
      outbox.status();
      outbox.unacknowledgedByBoot();
      outbox.nextEvent(List.of());
      outbox.nextBacklog(seq - 10, List.of(), 60);
      if (second % 10 == 0) {
        outbox.acknowledge(new Range(1, seq - ranges | 1, seq - ranges | 1), List.of());
      }
      committer.cycle();
    }
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
    System.out.printf("%d ranges: %.3f s of CPU a minute%n", ranges, cpu / 1e9 / MINUTES);
    committer.close();
  }
}
