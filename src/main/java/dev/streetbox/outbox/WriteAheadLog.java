package dev.streetbox.outbox;

import dev.streetbox.datadir.DiskErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps SQLite's write-ahead log at one size and makes commits in it durable. Used by the one
 * thread that writes the store.
 */
final class WriteAheadLog {
  private final Path file;
  private final FileChannel channel;
  private final long fullBytes;

  private WriteAheadLog(Path file, FileChannel channel, long fullBytes) {
    this.file = file;
    this.channel = channel;
    this.fullBytes = fullBytes;
  }

  /**
   * Opens a log that SQLite has made, and fills it with zeros up to its full size. A commit then
   * overwrites allocated blocks, so that the file system writes no metadata. SQLite takes zeros
   * after the last frame for the end of the log.
   */
  static WriteAheadLog open(Path file, long fullBytes) throws IOException {
    WriteAheadLog log = new WriteAheadLog(file, channel(file), fullBytes);
    try {
      log.fill();
      return log;
    } catch (ClosedByInterruptException e) {
      log.close();
      throw e;
    } catch (IOException e) {
      log.close();
      throw DiskErrors.explain(file, "filled", e);
    }
  }

  private static FileChannel channel(Path file) throws IOException {
    try {
      return FileChannel.open(file, StandardOpenOption.WRITE);
    } catch (FileSystemException e) {
      throw DiskErrors.explain(file, "opened", e);
    }
  }

  private void fill() throws IOException {
    long size = channel.size();
    if (size < fullBytes) {
      channel.write(ByteBuffer.allocate((int) (fullBytes - size)), size);
      channel.force(true);
    }
  }

  /** Makes all written data durable, by fdatasync. */
  void force() throws IOException {
    try {
      channel.force(false);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      throw DiskErrors.explain(file, "made durable", e);
    }
  }

  /** Returns the size in bytes. */
  long bytes() throws IOException {
    return channel.size();
  }

  /** Returns whether the log is over its full size, so that a checkpoint is due. */
  boolean isOutgrown() throws IOException {
    return bytes() > fullBytes;
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // All data written through this channel was forced before.
    }
  }
}
