package dev.streetbox.datadir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Keeps the local day of each boot and the board on which it ran, from which its pseudonym is
 * derived, in file {@code days} of the data folder: one line a boot, {@code 41 2026-11-26
 * 0f1e2d3c4b5a6978}, with {@code -} for a boot that has no day. A line of a version that did not
 * know boards has no third word. The file is separate from the store because a day must be durable
 * before the first row is sent. Safe for every thread; one at a time sets a day.
 */
public final class BootDates {
  /** Boots that are kept: those of more than a year. */
  private static final int CAPACITY = 10_000;

  private static final String NAME = "days";
  private static final String NO_DAY = "-";
  private static final String NO_BOARD = "";

  /**
   * Holds a line.
   *
   * @param day the local day, if the boot's clock was trusted
   * @param board the code of the board; {@link #NO_BOARD} in a line of an earlier version
   */
  private record Entry(Optional<LocalDate> day, String board) {
    String line(int boot) {
      String text = boot + " " + day.map(LocalDate::toString).orElse(NO_DAY);
      return (board.equals(NO_BOARD) ? text : text + " " + board) + "\n";
    }
  }

  /** Names what became of a write. */
  private enum Outcome {
    OPEN,
    WRITTEN,

    /** Nobody waits for the write any more. */
    ABANDONED
  }

  private final Path dataDir;
  private final Disk disk;
  private volatile NavigableMap<Integer, Entry> entries = new TreeMap<>();
  private volatile boolean wasRead;

  /**
   * Keeps the days of a data folder; reads nothing yet.
   *
   * @param disk the folder's disk
   */
  public BootDates(Path dataDir, Disk disk) {
    this.dataDir = dataDir;
    this.disk = disk;
  }

  /** Keeps the days of a data folder on a disk that answers. */
  public static BootDates of(Path dataDir) {
    return new BootDates(dataDir, new DirectDisk());
  }

  /**
   * Returns the lines of the file, which is read once; none if it is missing, cannot be read, or
   * the disk does not answer, in which case the next call reads it.
   */
  private NavigableMap<Integer, Entry> entries() {
    if (!wasRead) {
      try {
        entries = disk.call(this::read);
        wasRead = true;
      } catch (UnansweredException e) {
        // Only the disk's rows have the names of earlier boots, and they wait for the disk too.
      } catch (IOException e) {
        wasRead = true; // Without their day, each of these boots gets a pseudonym of its own.
      }
    }
    return entries;
  }

  private NavigableMap<Integer, Entry> read() throws IOException {
    NavigableMap<Integer, Entry> lines = new TreeMap<>();
    try {
      Files.readString(dataDir.resolve(NAME), StandardCharsets.ISO_8859_1)
          .lines()
          .forEach(line -> read(line, lines));
    } catch (NoSuchFileException e) {
      // No boot has a day yet.
    }
    return lines;
  }

  private static void read(String line, NavigableMap<Integer, Entry> entries) {
    String[] words = line.split(" ", 3);
    String board = words.length == 3 ? words[2] : NO_BOARD;
    try {
      Optional<LocalDate> day =
          words.length > 1 && words[1].equals(NO_DAY)
              ? Optional.empty()
              : Optional.of(LocalDate.parse(words[Math.min(1, words.length - 1)]));
      entries.put(Integer.parseInt(words[0]), new Entry(day, board));
    } catch (NumberFormatException | DateTimeException e) {
      // A malformed line gives no boot a day.
    }
  }

  /** Returns the day of a boot, if it has one. */
  public Optional<LocalDate> of(int boot) {
    return Optional.ofNullable(entries().get(boot)).flatMap(Entry::day);
  }

  /**
   * Returns the code of the board on which a boot ran.
   *
   * @param present the present board, which is assumed for a boot without a line
   * @return empty if the boot ran under a version that did not know boards: its line has none, or
   *     it has no line and the first boot with a board came later
   */
  public Optional<String> boardOf(int boot, String present) {
    Entry entry = entries().get(boot);
    if (entry != null) {
      return Optional.of(entry.board()).filter(board -> !board.equals(NO_BOARD));
    }
    boolean isEarlier = hasBoard(entries.tailMap(boot)) && !hasBoard(entries.headMap(boot));
    return isEarlier ? Optional.empty() : Optional.of(present);
  }

  private static boolean hasBoard(Map<Integer, Entry> some) {
    return some.values().stream().anyMatch(entry -> !entry.board().equals(NO_BOARD));
  }

  /**
   * Sets day and board of a boot; durable when this returns.
   *
   * @param board the board's code, without a space
   * @throws UnansweredException if the disk does not answer; the boot then has no day, also on a
   *     disk that answers later
   * @throws IOException if the file cannot be written; the boot then has no day, and its board
   *     until the program ends
   */
  public void put(int boot, Optional<LocalDate> day, String board) throws IOException {
    NavigableMap<Integer, Entry> next = new TreeMap<>(entries());
    if (!wasRead) {
      throw new UnansweredException();
    }
    next.put(boot, new Entry(day, board));
    while (next.size() > CAPACITY) {
      next.pollFirstEntry();
    }
    Entry dayless = new Entry(Optional.empty(), board);
    AtomicReference<Outcome> outcome = new AtomicReference<>(Outcome.OPEN);
    try {
      disk.call(
          () -> {
            write(next);
            if (!outcome.compareAndSet(Outcome.OPEN, Outcome.WRITTEN)) {
              next.put(boot, dayless);
              write(next);
            }
            return next;
          });
    } catch (UnansweredException e) {
      if (outcome.compareAndSet(Outcome.OPEN, Outcome.ABANDONED)) {
        throw e;
      }
    }
    entries = next;
  }

  private void write(NavigableMap<Integer, Entry> lines) throws IOException {
    PrivateFiles.folder(dataDir);
    PrivateFiles.replace(
        dataDir.resolve(NAME),
        lines.entrySet().stream()
            .map(entry -> entry.getValue().line(entry.getKey()))
            .collect(Collectors.joining()));
  }
}
