package dev.streetbox.outbox;

import dev.streetbox.datadir.PrivateFiles;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Locates the file of a store and its log, and measures their sizes.
 *
 * @param path the SQLite file
 */
record StoreFile(Path path) {
  /** The name of the SQLite file in the data folder. */
  static final String NAME = "outbox.db";

  /** Blocks of at least this many bytes are safe for SQLite's shared memory on a full disk. */
  static final long PAGE_BYTES = 4096;

  /** The store grows by less than this many bytes within a commit. */
  private static final long ROOM_BYTES = 8_000_000;

  private static final String LOG = "-wal";

  /** Names the store of a data folder, whether it exists or not. */
  static StoreFile of(Path dataDir) {
    return new StoreFile(dataDir.resolve(NAME));
  }

  /** Names the write-ahead log. */
  Path log() {
    return path.resolveSibling(NAME + LOG);
  }

  Path folder() {
    return path.getParent();
  }

  boolean exists() {
    return Files.exists(path);
  }

  /** Returns the size of the file without the log, in bytes. */
  long bytes() throws IOException {
    return Files.size(path);
  }

  /** Returns the size of the log in bytes; 0 if there is none. */
  long logBytes() throws IOException {
    return Files.exists(log()) ? Files.size(log()) : 0;
  }

  /** Returns the free bytes of the disk for this user. */
  long usableBytes() {
    return path.toFile().getUsableSpace();
  }

  /**
   * Checks that the disk has room for SQLite's shared memory. With blocks below a page of 4 KiB,
   * SQLite reserves only the last block of each page of its file {@code -shm}, so that on a full
   * disk a write to the mapped file ends the process by SIGBUS.
   *
   * @throws IOException if blocks are smaller and the disk is nearly full
   */
  void requireRoom() throws IOException {
    FileStore disk;
    try {
      disk = Files.getFileStore(folder());
    } catch (IOException e) {
      return; // In a chroot /proc/mounts may not list the file system; opening reports other
      // errors.
    }
    requireRoom(disk.getBlockSize(), disk.getUsableSpace());
  }

  /** Checks a disk with blocks of that size and so many usable bytes. */
  void requireRoom(long blockBytes, long usableBytes) throws IOException {
    if (blockBytes < PAGE_BYTES && usableBytes < ROOM_BYTES) {
      throw new IOException(
          "%s cannot be used: the disk is nearly full (%d MB) and has blocks of %d bytes, with which SQLite ends the agent. Try: df -h %s; a partition with blocks of %d bytes (deploy/image/data-partition)"
              .formatted(path, usableBytes / 1_000_000, blockBytes, folder(), PAGE_BYTES));
    }
  }

  /** Makes the folder and an empty file, for the box's own user, where they are missing. */
  void make() throws IOException {
    PrivateFiles.folder(folder());
    PrivateFiles.file(path);
  }

  /** Makes the names of the file and its log durable. */
  void syncNames() throws IOException {
    PrivateFiles.sync(folder());
  }

  /**
   * Checks that the file still exists, because SQLite would otherwise continue to write to a
   * deleted file, which a power cut loses.
   *
   * @throws IOException if the file was removed
   */
  void require() throws IOException {
    if (!exists()) {
      throw new IOException(path + " was removed while it was open: a new one is begun");
    }
  }

  /**
   * Renames a damaged file so that a new one can be made; never replaces a file.
   *
   * @param boot becomes part of the new name
   * @throws IOException if a file cannot be renamed; others of the store may have been renamed
   */
  void setAside(int boot) throws IOException {
    String name = NAME + ".damaged-" + boot;
    for (int n = 2; Files.exists(path.resolveSibling(name)); n++) {
      name = NAME + ".damaged-" + boot + "-" + n;
    }
    // The file is renamed first, because SQLite discards a log without its file but would apply
    // an old log to a new file.
    for (String suffix : List.of("", LOG, "-shm")) {
      Path part = path.resolveSibling(NAME + suffix);
      if (Files.exists(part)) {
        Files.move(part, path.resolveSibling(name + suffix));
      }
    }
    syncNames();
  }
}
