package dev.streetbox.outbox;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.datadir.BootKernels;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** One boot of a box without wires: a recorder that makes rows up, an outbox, its committer. */
final class Rig {
  static final Duration PERIOD = Duration.ofSeconds(10);
  static final long MAX_BYTES = 1L << 30;

  /** The size of the log, in bytes: full every few dozen commits. */
  static final long LOG_BYTES = 64 << 10;

  final ScriptedTime time = new ScriptedTime();
  final Faults faults = new Faults();
  final StoreSettings settings;
  final Outbox outbox;
  final Committer committer;
  private final Store store;

  /** A boot with the number that the counter gives, and room enough. */
  Rig(Path dataDir) {
    this(new StoreSettings(dataDir, PERIOD, MAX_BYTES, Duration.ofDays(7)), 7200);
  }

  /** A boot with settings of its own and room in memory for so many rows, after a power cut. */
  Rig(StoreSettings settings, int memoryRows) {
    this(settings, memoryRows, UUID.randomUUID().toString());
  }

  /** A boot under the start of the kernel with that id. */
  Rig(StoreSettings settings, int memoryRows, String kernel) {
    this.settings = settings;
    int boot = new BootCounter(settings.dataDir(), faults).next();
    this.outbox = new Outbox(boot, settings.dataDir(), new RowBuffer(memoryRows, 20));
    this.store = new Store(settings.dataDir(), LOG_BYTES);
    this.committer =
        new Committer(
            settings, outbox, new BootKernels(settings.dataDir(), kernel), time, faults, store);
    outbox.append(new Anchor(boot, 0, time.systemClock().toEpochMilli(), TimeSource.NTP, 50));
  }

  int boot() {
    return outbox.boot();
  }

  /** Measures that many rows, a second each, and commits nothing. */
  void measure(int rows) {
    for (int i = 0; i < rows; i++) {
      time.pass(Duration.ofSeconds(1));
      outbox.append(row(boot(), outbox.newest() + 1));
    }
  }

  /** Lets a commit period pass, and its commit happen, or fail. */
  void commit() {
    time.pass(PERIOD);
    committer.cycle();
  }

  /** Is gone without a word, its files unfinished; only the test's own process is tidied up. */
  void vanish() {
    store.close();
  }

  /** The texts of the faults that hold. */
  List<String> troubles() {
    return faults.list().stream().filter(Faults.Fault::active).map(Faults.Fault::text).toList();
  }

  /** A row whose content follows from its key, so that it can be told from any other. */
  static Row row(int boot, long seq) {
    Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
    long noise = ((boot * 1_000_003L + seq) * 2_654_435_761L) >>> 8;
    readings.put(Quantity.PM2_5, noise % 1000 / 10.0);
    readings.put(Quantity.LAEQ, (400 + noise % 517) / 10.0);
    readings.put(Quantity.VOC_INDEX, (double) (1 + noise % 499));
    return new Row(boot, seq, seq * 1000, Sample.of(readings));
  }

  /**
   * What a power cut leaves, as far as a running process can show it: every file as it is now,
   * under another folder. Nothing is flushed for it.
   */
  static Path copy(Path dataDir, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(dataDir)) {
      for (Path file : files.toList()) {
        if (!file.getFileName().toString().endsWith("-shm")) {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
    }
    return to;
  }
}
