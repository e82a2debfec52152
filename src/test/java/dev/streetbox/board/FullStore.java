package dev.streetbox.board;

import dev.streetbox.bus.SystemTime;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.outbox.BootCounter;
import dev.streetbox.outbox.Committer;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.outbox.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Fills the store of an agent that does not run with acknowledged rows: {@code java FullStore
 * DATA_DIR MEGABYTES}. The rows are a boot of their own, five days old, a row a second.
 */
final class FullStore {
  private static final int ROWS_A_COMMIT = 600;

  /** The pace of the store's time, so that each commit is due at once. */
  private static final double FASTER = 1_000;

  /** The age of the first row, by which the store's time stays in the past. */
  private static final long AGE_MS = Duration.ofDays(5).toMillis();

  private final SplittableRandom random = new SplittableRandom(1);

  private FullStore() {}

  public static void main(String... args) throws IOException {
    new FullStore().fill(Path.of(args[0]), Long.parseLong(args[1]) * 1_000_000);
  }

  private void fill(Path dataDir, long bytes) throws IOException {
    SystemTime time = new SystemTime(FASTER);
    Faults faults = new Faults();
    int boot = new BootCounter(dataDir, faults).next();
    Outbox outbox = new Outbox(boot, dataDir);
    Committer committer =
        new Committer(
            new StoreSettings(dataDir, Duration.ofSeconds(1), 2 * bytes, Duration.ofDays(365)),
            outbox,
            time,
            faults);
    long startMs = time.systemClock().toEpochMilli() - AGE_MS;
    outbox.append(new Anchor(boot, 0, startMs, TimeSource.GNSS, 50));
    int seq = 0;
    do {
      for (int row = 0; row < ROWS_A_COMMIT; row++) {
        seq++;
        outbox.append(new Row(boot, seq, seq * 1000L, sample()));
      }
      committer.cycle();
      outbox.acknowledge(new Range(boot, seq - ROWS_A_COMMIT + 1, seq), List.of());
      if (faults.isAnyActive()) {
        throw new IOException("the store cannot be written: " + faults.list());
      }
    } while (Files.size(dataDir.resolve("outbox.db")) < bytes);
    committer.close();
    System.out.println("boot " + boot + ": " + seq + " acknowledged rows");
  }

  private Sample sample() {
    Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
    for (Quantity quantity : Quantity.values()) {
      readings.put(quantity, quantity.rounded(random.nextDouble() * 50));
    }
    return Sample.of(readings);
  }
}
