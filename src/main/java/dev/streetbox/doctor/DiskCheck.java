package dev.streetbox.doctor;

import dev.streetbox.outbox.StoreSettings;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether the store can be written and has room. */
final class DiskCheck {
  private static final String DISK = "disk";
  private static final long MB = 1_000_000;

  /** Below this the store stops growing within a day. */
  private static final long LITTLE_BYTES = 100 * MB;

  private final StoreSettings settings;

  DiskCheck(StoreSettings settings) {
    this.settings = settings;
  }

  List<Finding> findings() {
    Path folder = settings.dataDir();
    if (!Files.exists(folder)) {
      return List.of(
          Finding.warn(
              DISK,
              "there is no " + folder,
              "the agent makes it when it first starts, and has not yet",
              "sudo systemctl start streetbox"));
    }
    try {
      FileStore store = Files.getFileStore(folder);
      return List.of(
          store.isReadOnly()
              ? readOnly(folder)
              : room(folder, store.getUsableSpace(), settings.maxSizeBytes()));
    } catch (IOException e) {
      return List.of(
          Finding.fail(DISK, e, "the disk does not answer: a worn card", "sudo dmesg | tail"));
    }
  }

  private static Finding readOnly(Path folder) {
    return Finding.fail(
        DISK,
        folder + " is read-only",
        "the kernel refuses to write to a damaged file system, or the data partition is missing",
        "sudo dmesg | tail; findmnt --target " + folder);
  }

  /** What to think of so many free bytes. */
  static Finding room(Path folder, long free, long limit) {
    String saw = "%d MB free for %s".formatted(free / MB, folder);
    String cure = "sudo du -xh / | sort -h | tail";
    if (free < LITTLE_BYTES) {
      return Finding.fail(DISK, saw, "the disk is full", cure);
    }
    if (free < limit) {
      return Finding.warn(
          DISK,
          saw + ", less than [store] max_size, which is %d MB".formatted(limit / MB),
          "the card is small, or other files take it",
          cure + "; or a smaller max_size");
    }
    return Finding.pass(DISK, saw);
  }
}
