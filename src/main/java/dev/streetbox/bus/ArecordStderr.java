package dev.streetbox.bus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What {@code arecord} says on its standard error, line by line: overruns are counted, the last
 * line of trouble is kept, all else is forgotten. Used by one thread.
 */
final class ArecordStderr {
  private static final int LINE_LIMIT = 300;

  private final StringBuilder line = new StringBuilder();
  private String last = "";
  private long overruns;
  private boolean wrongRate;

  /** Takes what was said since the last call; never waits. */
  void hear(InputStream errors) throws IOException {
    int waiting = errors.available();
    if (waiting == 0) {
      return;
    }
    String text = new String(errors.readNBytes(waiting), StandardCharsets.UTF_8);
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (letter == '\n') {
        end();
      } else if (line.length() < LINE_LIMIT) {
        line.append(letter);
      }
    }
  }

  /** How often it said that samples were lost. */
  long overruns() {
    return overruns;
  }

  /** Whether the device took another rate than it was asked for. */
  boolean wrongRate() {
    return wrongRate;
  }

  /** The last line that tells of a trouble, or nothing. */
  String last() {
    return last;
  }

  private void end() {
    String words = line.toString().strip();
    line.setLength(0);
    if (words.contains("overrun!!!")) {
      overruns++;
    }
    wrongRate |= words.contains("rate is not accurate");
    if (!words.isEmpty() && !words.startsWith("Recording ")) {
      last = words;
    }
  }
}
