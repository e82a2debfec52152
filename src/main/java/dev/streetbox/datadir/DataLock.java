package dev.streetbox.datadir;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Claims a data folder for one process, by a lock on file {@code lock} in it. The file is never
 * deleted, because two processes could then lock two files of the same name. The kernel releases
 * the lock when the process ends in any way.
 */
public final class DataLock implements Closeable {
  private static final String NAME = "lock";
  private static final String ROOT = "root";

  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Claims the folder, which is made (0700) if it is missing.
   *
   * @return the claim; empty if another process holds it
   * @throws DeniedException if this user may not make or open the lock file: nothing is claimed
   * @throws IOException if the lock file cannot be made or locked: nothing is claimed
   */
  public static Optional<DataLock> take(Path dataDir) throws IOException {
    FileChannel channel;
    try {
      channel = open(dataDir);
    } catch (IOException e) {
      throw isDenied(e) ? denied(dataDir, e) : e;
    }
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        PrivateFiles.deleteDrafts(dataDir);
        return Optional.of(new DataLock(channel));
      }
    } catch (OverlappingFileLockException e) {
      // This process holds the lock already, which is refused like another process's.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return Optional.empty();
  }

  private static FileChannel open(Path dataDir) throws IOException {
    PrivateFiles.folder(dataDir);
    return FileChannel.open(
        PrivateFiles.file(dataDir.resolve(NAME)),
        StandardOpenOption.WRITE,
        LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isDenied(IOException error) {
    return error instanceof AccessDeniedException
        || error.getCause() instanceof AccessDeniedException;
  }

  private static DeniedException denied(Path dataDir, IOException error) throws IOException {
    String user = System.getProperty("user.name");
    Path file = dataDir.resolve(NAME);
    Path place = Files.exists(file) ? file : dataDir;
    String owner = Files.exists(place) ? Files.getOwner(place).getName() : ROOT;
    return new DeniedException(
        "user %s may not use %s, which belongs to %s. Try: %s"
            .formatted(
                user,
                place,
                owner,
                owner.equals(ROOT)
                    ? "sudo chown --recursive " + user + " " + dataDir
                    : "sudo -u " + owner + " streetbox run"),
        Files.notExists(file) && owner.equals(ROOT),
        error);
  }

  /**
   * Returns whether the lock file exists and this user may write it; claiming then makes no file.
   */
  public static boolean isThere(Path dataDir) {
    return Files.isWritable(dataDir.resolve(NAME));
  }

  /** Releases the folder. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
