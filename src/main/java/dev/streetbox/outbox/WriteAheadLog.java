package dev.streetbox.outbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps SQLite's write-ahead log at one size and makes commits in it durable. Used by the one
 * thread that writes the store.
 */
final class WriteAheadLog {
  private final FileChannel channel;
  private final long fullBytes;

  private WriteAheadLog(FileChannel channel, long fullBytes) {
    this.channel = channel;
    this.fullBytes = fullBytes;
  }

  /**
   * Opens a log that SQLite has made, and fills it with zeros up to its full size. A commit then
   * overwrites allocated blocks, so that the file system writes no metadata. SQLite takes zeros
   * after the last frame for the end of the log.
   */
  static WriteAheadLog open(Path file, long fullBytes) throws IOException {
    WriteAheadLog log =
        new WriteAheadLog(FileChannel.open(file, StandardOpenOption.WRITE), fullBytes);
    try {
      log.fill();
      return log;
    } catch (IOException e) {
      log.close();
      throw e;
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
    channel.force(false);
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
