package dev.streetbox.outbox;

import dev.streetbox.datadir.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Names the file of a store in a data folder, the log beside it, and what they take on disk.
 *
 * @param path the SQLite file
 */
record StoreFile(Path path) {
  /** What an SSH user gives to {@code sqlite3}. */
  static final String NAME = "outbox.db";

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

  /** Returns what the file takes on disk, without the log, in bytes. */
  long bytes() throws IOException {
    return Files.size(path);
  }

  /** Returns what the log takes on disk, in bytes; 0 if there is none. */
  long logBytes() throws IOException {
    return Files.exists(log()) ? Files.size(log()) : 0;
  }

  /** Returns what the disk has left for this user, in bytes. */
  long usableBytes() {
    return path.toFile().getUsableSpace();
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
   * Checks that the file of that name is still there: SQLite would not notice, and go on writing
   * into a file without a name until the power goes.
   *
   * @throws IOException if it is gone
   */
  void require() throws IOException {
    if (!exists()) {
      throw new IOException(path + " was removed while it was open: a new one is begun");
    }
  }

  /**
   * Renames a damaged file, so that a new one can be made; replaces none that was renamed before.
   *
   * @param boot goes into the new name
   * @throws IOException if it cannot be renamed; parts of it may have been
   */
  void setAside(int boot) throws IOException {
    String name = NAME + ".damaged-" + boot;
    for (int n = 2; Files.exists(path.resolveSibling(name)); n++) {
      name = NAME + ".damaged-" + boot + "-" + n;
    }
    // The file first: a log without its file is discarded by SQLite, the reverse would be believed.
    for (String suffix : List.of("", LOG, "-shm")) {
      Path part = path.resolveSibling(NAME + suffix);
      if (Files.exists(part)) {
        Files.move(part, path.resolveSibling(name + suffix));
      }
    }
    syncNames();
  }
}
