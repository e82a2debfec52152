package dev.streetbox.agent;

import dev.streetbox.bus.Time;
import dev.streetbox.datadir.StatusRequest;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.Subsystem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Exchanges files with the commands on this machine: takes reports, and writes {@code status.json}
 * every 5 s, or at once if a reader requests it. What goes wrong becomes a fault. Used by main's
 * thread only.
 */
final class RunFolder implements Closeable {
  /**
   * The interval of writing without a request (ms, real time). Writing every second was a quarter
   * of the program's CPU time.
   */
  private static final long PERIOD_MS = 5_000;

  private static final String STATUS_PLACE = "status";
  private static final String REPORTS_PLACE = "reports";

  private final StatusFile file;
  private final StatusRequest request;
  private final ReportFolder reports;
  private final JsonText.Content status;
  private final Time time;
  private final Time real;
  private final Faults faults;
  private final FolderWatch watch;
  private long dueMs;
  private boolean hasReports = true;

  /**
   * Opens the folders and watches them.
   *
   * @param keepsReports whether reports of before are taken; otherwise they are deleted
   * @param status writes the fields of {@code status.json}
   * @param time the box's time, for faults
   * @param real real time
   */
  RunFolder(
      Path runDir,
      boolean keepsReports,
      JsonText.Content status,
      Time time,
      Time real,
      Faults faults) {
    this.file = new StatusFile(runDir);
    this.request = new StatusRequest(runDir);
    this.reports = new ReportFolder(runDir);
    this.status = status;
    this.time = time;
    this.real = real;
    this.faults = faults;
    this.dueMs = real.tickMs();
    open(keepsReports);
    this.watch = FolderWatch.of(request.folder(), reports.path());
  }

  private void open(boolean keepsReports) {
    try {
      if (keepsReports) {
        reports.openWithReports();
      } else {
        reports.open();
      }
    } catch (IOException e) {
      raise(REPORTS_PLACE, "cannot be taken: " + words(e));
    }
    try {
      request.open();
    } catch (IOException e) {
      raise(STATUS_PLACE, "cannot be requested: " + words(e));
    }
  }

  /**
   * Waits until a command has created a file, the time is over, or the end is requested.
   *
   * @return whether the end is requested
   */
  boolean await(Duration wait, ShutdownBarrier end) {
    if (!watch.isWatching()) {
      return end.await(wait);
    }
    end.onRequest(watch::close);
    watch.await(wait);
    return end.await(Duration.ZERO);
  }

  /** Returns the reports submitted since the last call, ten at most. */
  List<ReportFolder.Submission> takeReports() {
    hasReports |= watch.takeChanged() || real.tickMs() >= dueMs;
    if (!hasReports) {
      return List.of();
    }
    try {
      List<ReportFolder.Submission> taken = reports.take();
      hasReports = !taken.isEmpty();
      faults.clear(REPORTS_PLACE);
      return taken;
    } catch (IOException e) {
      raise(REPORTS_PLACE, "cannot be taken: " + words(e));
      return List.of();
    }
  }

  /** Writes the status if it is due or requested. */
  void writeStatus() {
    boolean isRequested = request.isPending();
    if (!isRequested && real.tickMs() < dueMs) {
      return;
    }
    dueMs = real.tickMs() + PERIOD_MS;
    try {
      file.write(status);
      if (isRequested) {
        request.answer();
      }
      faults.clear(STATUS_PLACE);
    } catch (IOException e) {
      raise(STATUS_PLACE, "cannot be written: " + words(e));
    }
  }

  /** Removes the status, because an agent that ended has no state, and ends the watch. */
  @Override
  public void close() throws IOException {
    watch.close();
    file.remove();
  }

  private void raise(String place, String text) {
    faults.raise(Subsystem.AGENT, place, text, time.tickMs());
  }

  /** Returns an error without the name of a Java class; one of a file's name only gets a reason. */
  private static String words(IOException error) {
    return error instanceof FileSystemException file && file.getReason() == null
        ? file.getFile() + " cannot be read or deleted (owner and mode?)"
        : error.getMessage();
  }
}
