package dev.streetbox.agent;

import dev.streetbox.bus.Time;
import dev.streetbox.datadir.Disk;
import dev.streetbox.datadir.PrivateFiles;
import dev.streetbox.datadir.UnansweredException;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Holds hazard reports that may not be published yet, because the box is in or near a privacy zone.
 * They lie in file {@code reports} of the data folder, one line each, and survive a power cut;
 * their times do not, so that a report of an earlier start has tick 0 and therefore no place. Used
 * by one thread.
 */
final class HeldReports {
  private static final String PLACE = "held reports";

  /** Limits the number of reports; beyond it the oldest is removed. */
  private static final int CAPACITY = 1_000;

  /**
   * Holds a report.
   *
   * @param tickMs when it was made, in ms since this start; 0 if it was made before
   * @param text one line, possibly empty
   */
  record Report(long tickMs, String text) {}

  private final Path file;
  private final Time time;
  private final Faults faults;
  private final Deque<Report> reports = new ArrayDeque<>();
  private final Disk disk;
  private List<String> onDisk;
  private boolean unread;

  /** Reads the reports of earlier starts; none if the file cannot be read, which is a fault. */
  HeldReports(Path dataDir, Time time, Faults faults) {
    this(dataDir, new TimedDisk(TimedDisk.SHORT_PATIENCE), time, faults);
  }

  /**
   * Reads the reports of earlier starts; none if the file cannot be read, which is a fault. If the
   * disk does not answer, the first {@link #save} that is answered reads them.
   */
  HeldReports(Path dataDir, Disk disk, Time time, Faults faults) {
    this.file = dataDir.resolve("reports");
    this.disk = disk;
    this.time = time;
    this.faults = faults;
    try {
      restore();
    } catch (UnansweredException e) {
      unread = true;
      raise("cannot be read: ", e);
    } catch (IOException e) {
      raise("cannot be read: ", e);
    }
    this.onDisk = lines();
  }

  /** Puts the reports on the disk before the others. */
  private void restore() throws IOException {
    List<String> lines = disk.call(this::read);
    for (int i = lines.size() - 1; i >= 0; i--) {
      reports.addFirst(new Report(0, lines.get(i)));
    }
  }

  private List<String> read() throws IOException {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return List.of(); // No report waits.
    }
  }

  /** Adds a report that was made now; {@link #save} makes it durable. */
  void add(String text) {
    reports.add(new Report(time.tickMs(), text));
    if (reports.size() > CAPACITY) {
      reports.removeFirst();
    }
  }

  /** Removes and returns the reports that were made up to that tick. */
  List<Report> takeUntil(long tickMs) {
    List<Report> taken = new ArrayList<>();
    while (!reports.isEmpty() && reports.peekFirst().tickMs() <= tickMs) {
      taken.add(reports.removeFirst());
    }
    return taken;
  }

  /** Writes the reports that wait, if they changed; a file that cannot be written is a fault. */
  void save() {
    if (!unread && lines().equals(onDisk)) {
      return;
    }
    try {
      if (unread) {
        restore();
        unread = false;
      }
      List<String> lines = lines();
      onDisk = disk.call(() -> write(lines));
      faults.clear(PLACE);
    } catch (IOException e) {
      raise("cannot be kept: ", e);
    }
  }

  private List<String> write(List<String> lines) throws IOException {
    PrivateFiles.replace(file, String.join("", lines.stream().map(line -> line + "\n").toList()));
    return lines;
  }

  private void raise(String what, IOException error) {
    faults.raise(Subsystem.PRIVACY, PLACE, what + error.getMessage(), time.tickMs());
  }

  private List<String> lines() {
    return reports.stream().map(Report::text).toList();
  }
}
