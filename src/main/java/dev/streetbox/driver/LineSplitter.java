package dev.streetbox.driver;

import dev.streetbox.bus.BusException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Splits a stream of bytes into lines of UTF-8, ended by LF or CR LF. Empty lines are dropped; a
 * line of more than {@value #LONGEST} bytes is refused, so that noise cannot fill the memory. Used
 * by one thread.
 */
final class LineSplitter {
  /** Longest line in bytes; gpsd's longest report has 10,240. */
  static final int LONGEST = 16_384;

  private final ByteArrayOutputStream partialLine = new ByteArrayOutputStream();
  private final Deque<String> lines = new ArrayDeque<>();

  /**
   * Adds the first {@code count} bytes.
   *
   * @throws BusException if a line is longer than {@value #LONGEST} bytes
   */
  void add(byte[] bytes, int count) throws BusException {
    int from = 0;
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n') {
        keep(bytes, from, i);
        end();
        from = i + 1;
      }
    }
    keep(bytes, from, count);
  }

  private void keep(byte[] bytes, int from, int to) throws BusException {
    partialLine.write(bytes, from, to - from);
    if (partialLine.size() > LONGEST) {
      throw new BusException(
          "a line of more than " + LONGEST + " bytes: is this gpsd?", BusException.UNKNOWN);
    }
  }

  /** Removes and returns the oldest complete line, without its line end; empty if there is none. */
  Optional<String> next() {
    return Optional.ofNullable(lines.poll());
  }

  /** Drops all lines and the incomplete one. */
  void clear() {
    partialLine.reset();
    lines.clear();
  }

  private void end() {
    String line = partialLine.toString(StandardCharsets.UTF_8).stripTrailing();
    if (!line.isEmpty()) {
      lines.add(line);
    }
    partialLine.reset();
  }
}
