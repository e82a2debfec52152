package dev.streetbox.cli;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.report.ReportStatus;
import dev.streetbox.screen.AgentState;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Follows a report of the prompt in {@code status.json}. Used by one thread. */
final class SubmittedReport {
  private static final Duration POLL = Duration.ofMillis(250);

  /** The agent has the report on disk and in its status within about three seconds. */
  private static final Duration KEPT_TIMEOUT = Duration.ofSeconds(15);

  private final Path runDir;
  private final String reference;
  private final Time time;
  private final PrintWriter out;
  private String printed = "";

  /**
   * Reads nothing yet.
   *
   * @param reference as {@link dev.streetbox.agent.ReportFolder#submit} returned it
   */
  SubmittedReport(Path runDir, String reference, Time time, PrintWriter out) {
    this.runDir = runDir;
    this.reference = reference;
    this.time = time;
    this.out = out;
  }

  /** Prints the report's id once the report is on the disk, or that it waits for its id. */
  void printId() throws IOException {
    Optional<JsonTree> report = find();
    long endMs = time.tickMs() + KEPT_TIMEOUT.toMillis();
    while (report.isEmpty() && time.tickMs() < endMs) {
      time.sleep(POLL);
      report = find();
    }
    Optional<String> id = report.flatMap(found -> found.string("id"));
    if (id.isPresent()) {
      out.println("reported as " + id.get());
    } else if (report.isPresent()) {
      out.println("kept; the report gets its id when it is sent, outside the privacy zone");
    } else {
      out.println("reported; the report has no id yet. Try: streetbox reports");
    }
    out.flush();
  }

  /**
   * Prints each state until the last one.
   *
   * @return whether the city has settled the report in that time
   * @throws IOException if no agent runs any more
   */
  boolean await(Duration timeout) throws IOException {
    long endMs = time.tickMs() + timeout.toMillis();
    while (true) {
      Optional<ReportStatus> status =
          find().flatMap(report -> report.string("status")).flatMap(ReportStatus::of);
      status.map(ReportStatus::key).ifPresent(this::print);
      if (status.filter(ReportStatus::isFinal).isPresent()) {
        return status.get() == ReportStatus.DONE;
      }
      if (time.tickMs() >= endMs) {
        throw new IOException(
            "neither done nor rejected within "
                + timeout.toSeconds()
                + " s. Try: streetbox reports");
      }
      time.sleep(POLL);
    }
  }

  private void print(String status) {
    if (!status.equals(printed)) {
      printed = status;
      out.println(status);
      out.flush();
    }
  }

  private Optional<JsonTree> find() throws IOException {
    Optional<AgentState> running = AgentState.running(runDir, time);
    if (running.isEmpty()) {
      return Optional.empty();
    }
    return running.get().tree().children("reports").stream()
        .filter(report -> report.string("reference").equals(Optional.of(reference)))
        .findFirst();
  }
}
