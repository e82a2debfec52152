package dev.streetbox.agent;

import dev.streetbox.command.Command;
import dev.streetbox.command.RefusedException;
import dev.streetbox.report.ReportStates;
import dev.streetbox.report.ReportStatus;
import java.util.Map;

/** Does {@code report-status}: the city gives a report of this box a state. */
final class ReportStatusCommand {
  private ReportStatusCommand() {}

  /**
   * Applies the state.
   *
   * @return the state that holds afterwards
   * @throws RefusedException if the report is unknown, or the state is none that a city gives
   */
  static Map<String, Object> apply(Command command, ReportStates states) throws RefusedException {
    String word = command.arguments().text("status");
    ReportStatus status =
        ReportStatus.of(word)
            .filter(given -> given.compareTo(ReportStatus.SENT) > 0)
            .orElseThrow(
                () ->
                    new RefusedException("status is none of received, dispatched, done, rejected"));
    return states
        .apply(command.arguments().text("id"), status)
        .<Map<String, Object>>map(held -> Map.of("status", held.key()))
        .orElseThrow(() -> new RefusedException("this box knows no report with that id"));
  }
}
