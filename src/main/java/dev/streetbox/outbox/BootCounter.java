package dev.streetbox.outbox;

import dev.streetbox.datadir.BootFile;
import dev.streetbox.datadir.DamagedException;
import dev.streetbox.datadir.DirectDisk;
import dev.streetbox.datadir.Disk;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Numbers the boots and never gives a number twice, so that no two rows share a key. The number is
 * in file {@code boot} and, from the first commit on, in the store; the larger of the two counts,
 * so that either may be lost. The file also names the oldest boot with unsent rows, because these
 * boots have to be declared lost if the store is lost.
 */
public final class BootCounter {
  /**
   * Numbers that are skipped if only the store is readable, because boots without a commit were
   * counted by the file alone.
   */
  private static final int LEAP = 100;

  private static final String PLACE = "boot counter";

  private final Path dataDir;
  private final Faults faults;
  private final Disk disk;

  /** Counts the boots of a data folder; reads nothing yet. */
  public BootCounter(Path dataDir, Faults faults) {
    this(dataDir, faults, new DirectDisk());
  }

  /**
   * Counts the boots of a data folder; reads nothing yet.
   *
   * @param disk the folder's disk
   */
  public BootCounter(Path dataDir, Faults faults, Disk disk) {
    this.dataDir = dataDir;
    this.faults = faults;
    this.disk = disk;
  }

  /**
   * Returns the number of the boot that starts now, durable before this returns. Called once, by
   * the main thread, before the first row and under the {@link dev.streetbox.datadir.DataLock}. If
   * the number cannot be made durable (a read-only disk, or one that does not answer), a random
   * number is returned and a fault is raised.
   */
  public int next() {
    try {
      BootFile next = disk.call(this::count);
      return disk.call(
          () -> {
            next.write(dataDir);
            return next.boot();
          });
    } catch (IOException e) {
      // Two random numbers are equal once in 10^9. Numbers from the clock would repeat, because a
      // Pi without its disk starts each boot at the same time of day.
      int drawn = BootFile.FIRST_DRAWN + new SecureRandom().nextInt(BootFile.FIRST_DRAWN);
      faults.raise(
          Subsystem.STORE,
          PLACE,
          "cannot count this boot ("
              + e.getMessage()
              + "): it is number "
              + drawn
              + ", drawn at random. Try: findmnt -T "
              + dataDir,
          0);
      return drawn;
    }
  }

  /**
   * Returns the last boot that was counted in a data folder, 0 if none was; counts nothing.
   *
   * @throws IOException if the number is in neither the file nor the store
   */
  public static int last(Path dataDir) throws IOException {
    BootCounter counter = new BootCounter(dataDir, new Faults());
    return BootFile.isThere(dataDir) || StoreFile.of(dataDir).exists()
        ? counter.count().boot() - 1
        : 0;
  }

  private BootFile count() throws IOException {
    Optional<BootFile> store = Optional.empty();
    boolean storeUnknown = false;
    try {
      store = stored();
    } catch (IOException e) {
      storeUnknown = true;
    }
    Optional<BootFile> file = Optional.empty();
    try {
      file = BootFile.read(dataDir);
    } catch (DamagedException e) {
      storeUnknown |= store.isEmpty();
    }
    if (file.isPresent()) {
      BootFile counted = file.get();
      return new BootFile(
          Math.max(counted.boot(), store.orElse(counted).boot()) + 1,
          store.orElse(counted).oldest());
    }
    if (storeUnknown) {
      throw new IOException("neither its file nor the store tells the last number");
    }
    int number = store.isPresent() ? store.get().boot() + LEAP : 1;
    return new BootFile(number, number);
  }

  /** Returns the last and the oldest unfinished boot of the store, if there is a store. */
  private Optional<BootFile> stored() throws IOException {
    if (!StoreFile.of(dataDir).exists()) {
      return Optional.empty();
    }
    try (StoreView view = StoreView.open(dataDir)) {
      NavigableMap<Integer, Ledger> ledgers = view.ledgers().headMap(BootFile.FIRST_DRAWN, false);
      int highest = ledgers.isEmpty() ? 0 : ledgers.lastKey();
      return Optional.of(
          new BootFile(
              highest,
              ledgers.values().stream()
                  .filter(ledger -> !ledger.isFinished())
                  .mapToInt(Ledger::boot)
                  .findFirst()
                  .orElse(highest + 1)));
    }
  }
}
