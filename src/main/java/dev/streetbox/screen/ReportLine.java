package dev.streetbox.screen;

import dev.streetbox.measure.JsonTree;
import java.util.Optional;

/** Words a report of {@code status.json} on one line, as {@code sb-1-4-2 sent, 12 min ago}. */
public final class ReportLine {
  private ReportLine() {}

  /**
   * Returns the report's id, its state and since when.
   *
   * @param report one element of the status's list
   * @param status the whole status, which has the present time
   */
  public static String of(JsonTree report, JsonTree status) {
    String id = report.string("id").orElse("no id yet");
    String state =
        report.isTrue("cancelled") ? "taken back" : report.string("status").orElse("unknown");
    return id + " " + state + since(report, status).map(span -> ", for " + span).orElse("");
  }

  private static Optional<String> since(JsonTree report, JsonTree status) {
    if (report.number("since").isEmpty() || status.number("t").isEmpty()) {
      return Optional.empty();
    }
    double ms = status.number("t").getAsDouble() - report.number("since").getAsDouble();
    return Optional.of(HumanText.span((long) Math.max(0, ms)));
  }
}
