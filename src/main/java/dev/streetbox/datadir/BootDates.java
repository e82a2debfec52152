package dev.streetbox.datadir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The local days that boots are named after, in file {@code days} of the data folder: a line for
 * each, {@code 41 2026-11-26}. Outside the store, because it has to be durable before the first row
 * is sent. Used by one thread at a time.
 */
public final class BootDates {
  /** More than a year of boots. */
  private static final int CAPACITY = 10_000;

  private static final String NAME = "days";

  private final Path dataDir;
  private final NavigableMap<Integer, LocalDate> days;

  private BootDates(Path dataDir, NavigableMap<Integer, LocalDate> days) {
    this.dataDir = dataDir;
    this.days = days;
  }

  /** Those of a data folder; a file that cannot be read is as good as none. */
  public static BootDates of(Path dataDir) {
    NavigableMap<Integer, LocalDate> days = new TreeMap<>();
    try {
      Files.readString(dataDir.resolve(NAME), StandardCharsets.ISO_8859_1)
          .lines()
          .forEach(line -> read(line, days));
    } catch (NoSuchFileException e) {
      // Nothing was named yet.
    } catch (IOException e) {
      // Those boots get names of their own: what is lost is that they were of one day.
    }
    return new BootDates(dataDir, days);
  }

  private static void read(String line, NavigableMap<Integer, LocalDate> days) {
    String[] words = line.split(" ", 2);
    try {
      days.put(Integer.parseInt(words[0]), LocalDate.parse(words[words.length - 1]));
    } catch (NumberFormatException | DateTimeException e) {
      // A damaged line names no boot.
    }
  }

  /** The day of a boot, if it has one. */
  public Optional<LocalDate> of(int boot) {
    return Optional.ofNullable(days.get(boot));
  }

  /**
   * Gives a boot its day; durable when this returns.
   *
   * @throws IOException if it cannot be written; the boot then has none
   */
  public void put(int boot, LocalDate day) throws IOException {
    days.put(boot, day);
    while (days.size() > CAPACITY) {
      days.pollFirstEntry();
    }
    String text =
        days.entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
            .collect(Collectors.joining());
    try {
      PrivateFiles.folder(dataDir);
      PrivateFiles.replace(dataDir.resolve(NAME), text);
    } catch (IOException e) {
      days.remove(boot);
      throw e;
    }
  }
}
