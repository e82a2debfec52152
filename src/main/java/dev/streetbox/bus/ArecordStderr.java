package dev.streetbox.bus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Parses the standard error of {@code arecord} line by line: counts overruns, and keeps the last
 * error line. Used by one thread.
 */
final class ArecordStderr {
  private static final int LINE_LIMIT = 300;

  private final StringBuilder line = new StringBuilder();
  private String lastMessage = "";
  private long overruns;
  private boolean wrongRate;

  /** Reads the output since the last call; never waits. */
  void readAvailable(InputStream stderr) throws IOException {
    int available = stderr.available();
    if (available == 0) {
      return;
    }
    String text = new String(stderr.readNBytes(available), StandardCharsets.UTF_8);
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (letter == '\n') {
        endLine();
      } else if (line.length() < LINE_LIMIT) {
        line.append(letter);
      }
    }
  }

  /** Returns how often arecord reported lost samples. */
  long overruns() {
    return overruns;
  }

  /** Returns whether the device runs at another sample rate than requested. */
  boolean wrongRate() {
    return wrongRate;
  }

  /** Returns the last error line; empty if there was none. */
  String lastMessage() {
    return lastMessage;
  }

  private void endLine() {
    String message = line.toString().strip();
    line.setLength(0);
    if (message.contains("overrun!!!")) {
      overruns++;
    }
    wrongRate |= message.contains("rate is not accurate");
    if (!message.isEmpty() && !message.startsWith("Recording ")) {
      lastMessage = message;
    }
  }
}
