package dev.streetbox.datadir;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The claim of one process on a data folder: file {@code lock} in it, locked, never deleted (to
 * delete it would let two processes lock two files of one name). The system releases it when the
 * process ends, however it ends.
 */
public final class DataLock implements Closeable {
  private static final String NAME = "lock";

  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Claims the folder, which is made (0700) if it is missing.
   *
   * @return empty if another process has it
   * @throws IOException if the lock file cannot be made or locked: nothing is claimed
   */
  public static Optional<DataLock> take(Path dataDir) throws IOException {
    PrivateFiles.folder(dataDir);
    FileChannel channel =
        FileChannel.open(
            PrivateFiles.file(dataDir.resolve(NAME)),
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        PrivateFiles.deleteDrafts(dataDir);
        return Optional.of(new DataLock(channel));
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process: as good as by another one.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return Optional.empty();
  }

  /** Whether the folder was ever claimed, and this user may do so: then to claim makes nothing. */
  public static boolean isThere(Path dataDir) {
    return Files.isWritable(dataDir.resolve(NAME));
  }

  /** Gives the folder free. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
