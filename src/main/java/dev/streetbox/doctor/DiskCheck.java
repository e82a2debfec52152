package dev.streetbox.doctor;

import dev.streetbox.outbox.StoreSettings;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks that the folders that the program writes to are on file systems that can be written and
 * have room: {@code data_dir} on the card, {@code run_dir} in memory.
 */
final class DiskCheck {
  private static final String DISK = "disk";
  private static final long MB = 1_000_000;

  /** The store fills this many bytes within a day. */
  private static final long LITTLE_BYTES = 100 * MB;

  /** The state and the reports in {@code run_dir} need fewer bytes. */
  private static final long LITTLE_STATE_BYTES = MB;

  private final StoreSettings settings;
  private final Path runDir;

  DiskCheck(StoreSettings settings, Path runDir) {
    this.settings = settings;
    this.runDir = runDir;
  }

  /** Asks the file system of each folder. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>(ofStore());
    findings.add(ofState());
    return findings;
  }

  private List<Finding> ofStore() {
    Path folder = settings.dataDir();
    if (!Files.exists(folder)) {
      return List.of(
          Finding.warn(
              DISK,
              "there is no " + folder,
              "the agent makes the folder at its first start, which has not happened yet",
              "sudo systemctl start streetbox"));
    }
    try {
      FileStore store = Files.getFileStore(folder);
      return List.of(
          store.isReadOnly()
              ? readOnly(folder)
              : judgeSpace(folder, store.getUsableSpace(), settings.maxSizeBytes()));
    } catch (IOException e) {
      return List.of(
          Finding.fail(
              DISK, e, "the disk does not answer; likely a worn card", "sudo dmesg | tail"));
    }
  }

  /** Asks the file system in which the agent has or will make its run folder. */
  private Finding ofState() {
    Path folder = runDir.toAbsolutePath();
    while (!Files.exists(folder) && folder.getParent() != null) {
      folder = folder.getParent();
    }
    try {
      FileStore store = Files.getFileStore(folder);
      return judgeState(runDir, store.isReadOnly(), store.getUsableSpace());
    } catch (IOException e) {
      return Finding.fail(DISK, e, "the file system does not answer", "findmnt --target " + runDir);
    }
  }

  /**
   * Judges the file system of the run folder.
   *
   * @param free usable bytes
   */
  static Finding judgeState(Path runDir, boolean isReadOnly, long free) {
    String where = "findmnt --target " + runDir;
    if (isReadOnly) {
      return Finding.fail(
          DISK,
          runDir + " is read-only",
          "another folder than in /run was configured as run_dir, or /run is not mounted",
          where);
    }
    String observation = "%d kB free for %s".formatted(free / 1_000, runDir);
    return free < LITTLE_STATE_BYTES
        ? Finding.fail(
            DISK,
            observation,
            "the file system is full, so that status and reports cannot be written",
            "sudo du -xh %s | sort -h | tail".formatted(runDir.getParent()))
        : Finding.pass(DISK, observation);
  }

  private static Finding readOnly(Path folder) {
    return Finding.fail(
        DISK,
        folder + " is read-only",
        "the kernel found the file system corrupt, or the data partition is missing",
        "sudo dmesg | tail; findmnt --target " + folder);
  }

  /**
   * Judges the free space.
   *
   * @param free usable bytes
   * @param limit the store's largest size in bytes
   */
  static Finding judgeSpace(Path folder, long free, long limit) {
    String observation = "%d MB free for %s".formatted(free / MB, folder);
    String remedy = "sudo du -xh / | sort -h | tail";
    if (free < LITTLE_BYTES) {
      return Finding.fail(DISK, observation, "the disk is full", remedy);
    }
    if (free < limit) {
      return Finding.warn(
          DISK,
          observation + ", less than [store] max_size, which is %d MB".formatted(limit / MB),
          "the card is small, or other files use the space",
          remedy + "; or a smaller max_size");
    }
    return Finding.pass(DISK, observation);
  }
}
