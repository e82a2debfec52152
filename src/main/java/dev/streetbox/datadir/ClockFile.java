package dev.streetbox.datadir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Keeps the last believed time of day in file {@code clock} of a data folder, in ms since 1970. The
 * file is used only if the store, which holds a later time, is lost.
 */
public final class ClockFile {
  private static final String NAME = "clock";

  /** Up to the year 5138. */
  private static final Pattern FORM = Pattern.compile("\\d{1,14}\n");

  private ClockFile() {}

  /** Reads the time; empty if the file is missing, malformed or unreadable. */
  public static OptionalLong read(Path dataDir) {
    try {
      String text = Files.readString(dataDir.resolve(NAME), StandardCharsets.ISO_8859_1);
      return FORM.matcher(text).matches()
          ? OptionalLong.of(Long.parseLong(text.strip()))
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Replaces the time; durable when this returns.
   *
   * @throws IOException if it cannot be written; the old one then stays
   */
  public static void write(Path dataDir, long utcMs) throws IOException {
    PrivateFiles.replace(dataDir.resolve(NAME), utcMs + "\n");
  }
}
