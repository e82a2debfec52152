package dev.streetbox.driver;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Splits a stream of bytes into lines of UTF-8, ended by LF or CR LF. Empty lines are dropped, and
 * so is the rest of a line longer than {@value #LONGEST} bytes, so that noise cannot fill the
 * memory. Used by one thread.
 */
final class LineSplitter {
  /** Longest line in bytes: six times gpsd's longest report (10,240 bytes). */
  static final int LONGEST = 65_536;

  private final ByteArrayOutputStream partialLine = new ByteArrayOutputStream();
  private final Deque<String> lines = new ArrayDeque<>();

  /** Adds the first {@code count} bytes. */
  void add(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n') {
        end();
      } else if (partialLine.size() < LONGEST) {
        partialLine.write(bytes[i]);
      }
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
