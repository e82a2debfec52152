package dev.streetbox.bus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses the standard error of {@code arecord} line by line: counts overruns, keeps the error
 * lines, and names the cure of each kind of them (messages of alsa-utils 1.2.8, aplay.c, and
 * alsa-lib). Used by one thread.
 */
final class ArecordStderr {
  private static final int LINE_LIMIT = 300;
  private static final int LINES_KEPT = 5;

  /** Parts of a message, each with what the user should do; the first that fits counts. */
  private static final Map<String, String> CURES = new LinkedHashMap<>();

  static {
    CURES.put(
        "Channels count non available",
        "the card has another number of channels. Try: device = \"plughw:…\"");
    CURES.put(
        "Sample format non available",
        "the card has other sample formats. Try: device = \"plughw:…\"");
    CURES.put("rate is not accurate", "the card has another rate. Try: device = \"plughw:…\"");
    CURES.put(
        "Device or resource busy", "another program uses the card. Try: sudo fuser -v /dev/snd/*");
    CURES.put(
        "Permission denied",
        "this user may not use sound cards. Try: sudo usermod -aG audio streetbox");
    CURES.put("Unknown PCM", "ALSA has no device of that name. Try: arecord --list-devices");
    CURES.put(
        "Input/output error",
        "the card gives no samples: no I2S clock, or a bad USB connection. Try: dmesg | tail");
    CURES.put("No such device", "it was unplugged, or has no power. Try: arecord --list-devices");
    CURES.put(
        "Access type not available", "the card cannot be read so. Try: device = \"plughw:…\"");
    CURES.put(
        "Unable to install hw params",
        "the card refuses these settings. Try: device = \"plughw:…\"");
  }

  private static final String NOT_THERE = "is it plugged in? Try: arecord --list-devices";

  /** Messages after which ALSA's own conversion helps: the card has another format. */
  private static final List<String> CONVERTIBLE =
      List.of(
          "Channels count non available",
          "Sample format non available",
          "rate is not accurate",
          "Access type not available",
          "Unable to install hw params");

  private final StringBuilder line = new StringBuilder();
  private final Deque<String> messages = new ArrayDeque<>();
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

  /** Returns the last error lines in one; empty if there was none. */
  String message() {
    return String.join("; ", messages);
  }

  /** Returns what the user should do, by the error lines. */
  String cure() {
    return CURES.entrySet().stream()
        .filter(cure -> has(cure.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(NOT_THERE);
  }

  /** Returns whether the card has another format, which ALSA can convert (device plughw). */
  boolean isConvertible() {
    return CONVERTIBLE.stream().anyMatch(this::has);
  }

  private boolean has(String part) {
    return messages.stream().anyMatch(message -> message.contains(part));
  }

  private void endLine() {
    String message = line.toString().strip();
    line.setLength(0);
    if (message.contains("overrun!!!")) {
      overruns++;
    }
    wrongRate |= message.contains("rate is not accurate");
    if (!message.isEmpty() && !message.startsWith("Recording ")) {
      if (messages.size() == LINES_KEPT) {
        messages.removeFirst();
      }
      messages.addLast(message.startsWith("- ") ? message.substring(2) : message);
    }
  }
}
