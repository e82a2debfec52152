package dev.streetbox.agent;

import dev.streetbox.bus.Time;
import dev.streetbox.datadir.Disk;
import dev.streetbox.datadir.PrivateFiles;
import dev.streetbox.datadir.UnansweredException;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.outbox.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

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
   * Holds a report, or another event of a place. Only reports survive a restart, because no other
   * event may come out of a privacy zone.
   *
   * @param tickMs when it was made, in ms since this start; 0 if it was made before
   * @param kind the kind of its event
   * @param text one line, possibly empty
   * @param reference by which its sender on this box recognises it; empty: none
   */
  record Report(long tickMs, Event.Kind kind, String text, String reference) {
    /** Makes a hazard report without a reference. */
    Report(long tickMs, String text) {
      this(tickMs, Event.Kind.REPORT, text, "");
    }

    private boolean isHazard() {
      return kind == Event.Kind.REPORT;
    }
  }

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
    add(new Report(time.tickMs(), text));
  }

  /** Adds a report; {@link #save} makes it durable. */
  void add(Report report) {
    reports.add(report);
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

  /**
   * Removes the newest hazard report of this start, if it was made at or after that tick.
   *
   * @return whether there was one
   */
  boolean removeNewest(long sinceMs) {
    Optional<Report> newest =
        reports.stream()
            .filter(report -> report.isHazard() && report.tickMs() > 0)
            .reduce((first, second) -> second)
            .filter(report -> report.tickMs() >= sinceMs);
    return newest.isPresent() && reports.removeLastOccurrence(newest.get());
  }

  /** Returns the hazard reports that wait, the oldest first. */
  List<Report> hazards() {
    return reports.stream().filter(Report::isHazard).toList();
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
    return hazards().stream().map(Report::text).toList();
  }
}
