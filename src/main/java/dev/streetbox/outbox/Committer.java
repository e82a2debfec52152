package dev.streetbox.outbox;

import dev.streetbox.bus.Time;
import dev.streetbox.datadir.BootFile;
import dev.streetbox.datadir.BootKernels;
import dev.streetbox.datadir.BoxIds;
import dev.streetbox.datadir.ClockFile;
import dev.streetbox.datadir.DamagedException;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.measure.TimeSource;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the {@link Outbox} durable by a group commit every commit period, and within a second for
 * an event. Every disk error becomes a fault here; the rows stay in memory, and the next cycle
 * opens the file again and retries. Used by its own thread only.
 */
public final class Committer {
  /** A log larger than this (bytes) means that a reader never ends its transaction. */
  private static final long LOG_ALARM_BYTES = 16 << 20;

  private static final Duration LONGEST_REST = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger("streetbox");
  private static final String PLACE = "store";
  private static final String CLOCK_PLACE = "clock file";

  private final StoreSettings settings;
  private final Outbox outbox;
  private final BoxIds ids;
  private final BootKernels kernels;
  private final CommitQueue queue;
  private final Time time;
  private final Faults faults;
  private final Store store;
  private final Retention retention;
  private boolean adopted;
  private boolean committed;
  private boolean isDamaged;
  private long commitMs;
  private long damagedRows;
  private volatile boolean isRequested;

  /** Opens nothing yet; the first cycle does. */
  public Committer(StoreSettings settings, Outbox outbox, Time time, Faults faults) {
    this(settings, outbox, BoxIds.only(""), time, faults);
  }

  /**
   * Opens nothing yet; the first cycle does.
   *
   * @param ids the ids of the boots, which are stored before the first row
   */
  public Committer(StoreSettings settings, Outbox outbox, BoxIds ids, Time time, Faults faults) {
    this(
        settings,
        outbox,
        ids,
        BootKernels.ofRunning(settings.dataDir()),
        time,
        faults,
        new Store(settings.dataDir()));
  }

  /** Uses another store and the start of another kernel, for tests. */
  Committer(
      StoreSettings settings,
      Outbox outbox,
      BootKernels kernels,
      Time time,
      Faults faults,
      Store store) {
    this(settings, outbox, BoxIds.only(""), kernels, time, faults, store);
  }

  private Committer(
      StoreSettings settings,
      Outbox outbox,
      BoxIds ids,
      BootKernels kernels,
      Time time,
      Faults faults,
      Store store) {
    this.ids = ids;
    this.kernels = kernels;
    this.settings = settings;
    this.outbox = outbox;
    this.queue = outbox.commitQueue();
    this.time = time;
    this.faults = faults;
    this.store = store;
    this.retention = new Retention(outbox, store, settings, time);
  }

  /**
   * Asks for a commit of everything in the next cycle, because the supply fails; callable by any
   * thread. The time that the commit took is logged.
   */
  public void request() {
    isRequested = true;
  }

  /**
   * Commits if the commit period is over, an event waits or a commit was requested.
   *
   * @return how long to rest, at most a second
   */
  public Duration cycle() {
    long now = time.tickMs();
    if (isRequested) {
      isRequested = false;
      commitAtOnce(now);
    } else if (now >= commitMs || (store.isOpen() && queue.hasUrgent())) {
      commitMs = now + settings.commitPeriod().toMillis();
      commit();
    }
    return LONGEST_REST.compareTo(settings.commitPeriod()) < 0
        ? LONGEST_REST
        : settings.commitPeriod();
  }

  private void commitAtOnce(long nowMs) {
    int rows = queue.pending().rows().size();
    commitMs = nowMs + settings.commitPeriod().toMillis();
    commit();
    LOG.warn(
        "the supply fails: {} rows were committed in {} ms",
        rows - queue.pending().rows().size(),
        time.tickMs() - nowMs);
  }

  /** Commits the rest, records that the boot ended in order, and closes the store. */
  public void close() {
    // The thread may have been interrupted, and no file can be synced in that state.
    boolean interrupted = Thread.interrupted();
    queue.markEnded();
    commit();
    if (!queue.pending().isEmpty()) {
      // A commit that failed with the old file may succeed with a new file.
      commit();
    }
    if (!queue.pending().isEmpty()) {
      keepEnd();
    }
    store.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void commit() {
    try {
      open();
      write();
      store.checkpoint();
      faults.clear(PLACE);
      if (store.logBytes() > LOG_ALARM_BYTES) {
        raise(
            "the log grows: a program reads the store and does not stop. Try: fuser -v "
                + settings.dataDir()
                + "/*");
      }
      if (queue.damagedRows() > damagedRows) {
        damagedRows = queue.damagedRows();
        raise(
            "rows are missing or damaged on disk: declared as dropped. Try: streetbox outbox"
                + " verify");
      }
    } catch (DamagedException e) {
      raise(e.getMessage());
      setAside();
    } catch (ClosedByInterruptException e) {
      // The duty is being closed: close() commits the rest.
      store.close();
    } catch (IOException e) {
      raise(String.valueOf(e.getMessage()));
      store.close();
    }
  }

  /** Keeps that the program ended in order, so that the lost rows are not called a power cut's. */
  private void keepEnd() {
    try {
      kernels.end(outbox.boot());
    } catch (IOException e) {
      // The disk fails, which is the store's fault already; the loss has the kernel's reason.
    }
  }

  private void keepKernel() {
    try {
      kernels.begin(outbox.boot());
    } catch (IOException e) {
      // The store's fault names the disk. Without this line, a loss is called a power cut.
    }
  }

  /** Returns why the rows of a boot that was cut off are lost. */
  private Reason reason(int boot) {
    if (kernels.isEnded(boot)) {
      return Reason.STORE_FAILED;
    }
    return kernels.isOfThisKernel(boot) ? Reason.PROCESS_KILLED : Reason.POWER_CUT;
  }

  private void open() throws IOException {
    ids.store();
    faults.clear(BoxIds.PLACE);
    if (store.isOpen()) {
      store.file().require();
      store.file().requireRoom();
      return;
    }
    keepKernel();
    store.open();
    if (!adopted) {
      if (store.contains(outbox.boot())) {
        throw new DamagedException("the store has a boot " + outbox.boot() + " already");
      }
      List<Integer> expected = BootFile.expected(settings.dataDir(), outbox.boot());
      queue.adopt(
          store.load(),
          expected,
          boot -> isDamaged ? Reason.STORE_DAMAGED : reason(boot),
          this::reason);
      adopted = true;
    } else if (committed && !store.contains(outbox.boot())) {
      // The file was set aside or removed, so this is another file.
      queue.storeLost();
    }
  }

  private void write() throws IOException {
    Removal removal = retention.next();
    Commit commit = queue.pending();
    if (commit.isEmpty() && removal.isEmpty()) {
      return;
    }
    store.write(commit, removal);
    committed = true;
    queue.markCommitted(commit);
    queue.remove(removal.boots());
    keepClock(commit);
  }

  /** Keeps the time of day; an error here is a fault of its own, because the rows are durable. */
  private void keepClock(Commit commit) {
    for (LedgerChanges changes : commit.ledgers()) {
      OptionalLong newest =
          changes.anchors().stream()
              .filter(anchor -> anchor.source() != TimeSource.EST)
              .mapToLong(Anchor::utcMs)
              .reduce((first, second) -> second);
      if (changes.boot() == outbox.boot() && newest.isPresent()) {
        writeClock(newest.getAsLong());
      }
    }
  }

  private void writeClock(long utcMs) {
    try {
      ClockFile.write(settings.dataDir(), utcMs);
      faults.clear(CLOCK_PLACE);
    } catch (IOException e) {
      faults.raise(Subsystem.STORE, CLOCK_PLACE, String.valueOf(e.getMessage()), time.tickMs());
    }
  }

  /** Sets the damaged file aside; the next commit makes a new file and declares the rows lost. */
  private void setAside() {
    try {
      store.close();
      store.file().setAside(outbox.boot());
      isDamaged = true;
      if (adopted) {
        queue.storeLost();
      }
      commitMs = time.tickMs();
    } catch (IOException e) {
      raise(String.valueOf(e.getMessage()));
    }
  }

  private void raise(String text) {
    faults.raise(Subsystem.STORE, PLACE, text, time.tickMs());
  }
}
