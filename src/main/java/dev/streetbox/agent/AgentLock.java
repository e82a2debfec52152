package dev.streetbox.agent;

import dev.streetbox.datadir.DataLock;
import dev.streetbox.datadir.DeniedException;
import dev.streetbox.datadir.Disk;
import dev.streetbox.datadir.UnansweredException;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps other agents from running, by a lock in {@code run_dir} and one in {@code data_dir}. The
 * first keeps out a second agent also while the disk is missing, so that neither of them can lock
 * {@code data_dir}. Used by the main thread.
 */
final class AgentLock implements Closeable {
  private final List<DataLock> held = new ArrayList<>();

  private AgentLock() {}

  /**
   * Takes both locks. A {@code data_dir} on a missing, full or broken disk is a fault, and the box
   * measures without its lock; so it does without the lock of a {@code run_dir} if it has the
   * other.
   *
   * @param disk the disk of {@code dataDir}
   * @return empty if another agent holds one of the locks
   * @throws DeniedException if {@code data_dir} belongs to another user, or neither lock can be had
   *     because this user may not open one of them: nothing is held then, and an agent of the other
   *     user may be running
   */
  static Optional<AgentLock> take(Path runDir, Path dataDir, Disk disk, Faults faults, long tickMs)
      throws IOException {
    AgentLock lock = new AgentLock();
    Optional<DeniedException> denied = Optional.empty();
    try {
      Files.createDirectories(runDir);
      if (!lock.add(runDir)) {
        return Optional.empty();
      }
    } catch (DeniedException e) {
      denied = Optional.of(e);
    } catch (IOException e) {
      // The first write of the status raises a fault about this folder.
    }
    try {
      if (!disk.call(() -> isSame(runDir, dataDir)) && !lock.add(dataDir, disk)) {
        lock.close();
        return Optional.empty();
      }
    } catch (IOException e) {
      if (e instanceof DeniedException of && !of.isOfMissingDisk()) {
        denied = Optional.of(of);
        lock.close();
      }
      faults.raise(
          Subsystem.STORE, "store", "cannot be locked, running without: " + e.getMessage(), tickMs);
    }
    if (lock.held.isEmpty() && denied.isPresent()) {
      throw denied.get();
    }
    return Optional.of(lock);
  }

  private boolean add(Path folder) throws IOException {
    Optional<DataLock> lock = DataLock.take(folder);
    lock.ifPresent(held::add);
    return lock.isPresent();
  }

  /** Locks a folder on a disk; a lock that comes too late is released. */
  private boolean add(Path folder, Disk disk) throws IOException {
    AtomicBoolean tooLate = new AtomicBoolean();
    AtomicReference<DataLock> taken = new AtomicReference<>();
    try {
      Optional<DataLock> lock =
          disk.call(
              () -> {
                Optional<DataLock> got = DataLock.take(folder);
                got.ifPresent(taken::set);
                if (tooLate.get()) {
                  closeLate(taken);
                }
                return got;
              });
      lock.ifPresent(held::add);
      return lock.isPresent();
    } catch (UnansweredException e) {
      tooLate.set(true);
      closeLate(taken);
      throw e;
    }
  }

  private static void closeLate(AtomicReference<DataLock> taken) throws IOException {
    DataLock lock = taken.getAndSet(null);
    if (lock != null) {
      lock.close();
    }
  }

  private static boolean isSame(Path one, Path other) throws IOException {
    return Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
  }

  /** Releases what is held. */
  @Override
  public void close() throws IOException {
    for (DataLock lock : held) {
      lock.close();
    }
    held.clear();
  }
}
