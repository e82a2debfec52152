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
 * Keeps the local day of each boot, from which its pseudonym is derived, in file {@code days} of
 * the data folder: one line a boot, {@code 41 2026-11-26}. The file is separate from the store
 * because a day must be durable before the first row is sent. Used by one thread at a time.
 */
public final class BootDates {
  /** Boots that are kept: those of more than a year. */
  private static final int CAPACITY = 10_000;

  private static final String NAME = "days";

  private final Path dataDir;
  private final NavigableMap<Integer, LocalDate> days;

  private BootDates(Path dataDir, NavigableMap<Integer, LocalDate> days) {
    this.dataDir = dataDir;
    this.days = days;
  }

  /** Reads the days of a data folder; none if the file is missing or cannot be read. */
  public static BootDates of(Path dataDir) {
    NavigableMap<Integer, LocalDate> days = new TreeMap<>();
    try {
      Files.readString(dataDir.resolve(NAME), StandardCharsets.ISO_8859_1)
          .lines()
          .forEach(line -> read(line, days));
    } catch (NoSuchFileException e) {
      // No boot has a day yet.
    } catch (IOException e) {
      // Without their day, each of these boots gets a pseudonym of its own.
    }
    return new BootDates(dataDir, days);
  }

  private static void read(String line, NavigableMap<Integer, LocalDate> days) {
    String[] words = line.split(" ", 2);
    try {
      days.put(Integer.parseInt(words[0]), LocalDate.parse(words[words.length - 1]));
    } catch (NumberFormatException | DateTimeException e) {
      // A malformed line gives no boot a day.
    }
  }

  /** Returns the day of a boot, if it has one. */
  public Optional<LocalDate> of(int boot) {
    return Optional.ofNullable(days.get(boot));
  }

  /**
   * Sets the day of a boot; durable when this returns.
   *
   * @throws IOException if the file cannot be written; the boot then has no day
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
