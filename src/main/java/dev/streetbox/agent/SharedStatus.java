package dev.streetbox.agent;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.driver.GnssState;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Faults.Fault;
import dev.streetbox.panel.LampPattern;
import dev.streetbox.publish.ResendCounts;
import dev.streetbox.report.ReportStates;
import dev.streetbox.report.ReportStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Writes the parts of {@code status.json} that a box has outside and within a privacy zone. */
final class SharedStatus {
  /** The number of reports in the status. */
  private static final int REPORTS = 50;

  private SharedStatus() {}

  /**
   * Writes the receiver's state, without the position, because only the row's has passed the
   * privacy zones.
   */
  static void writeGnss(JsonGenerator json, Optional<GnssState> gnss) throws IOException {
    if (gnss.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("gnss");
    json.writeNumberField("mode", gnss.get().mode());
    json.writeNumberField("used", gnss.get().used());
    json.writeNumberField("seen", gnss.get().seen());
    json.writeStringField("receiver", gnss.get().receiver());
    if (!gnss.get().fault().isEmpty()) {
      json.writeStringField("trouble", gnss.get().fault());
    }
    if (!gnss.get().noPlace().isEmpty()) {
      json.writeStringField("no_place", gnss.get().noPlace());
    }
    if (!gnss.get().others().isEmpty()) {
      json.writeStringField("others", String.join(" ", gnss.get().others()));
    }
    if (gnss.get().named()) {
      json.writeBooleanField("named", true);
    }
    json.writeEndObject();
  }

  /**
   * Writes what the lamp shows, and the newest reports with their states, the newest first; those
   * that may not be published yet have no id.
   */
  static void writeReports(
      JsonGenerator json,
      LampPattern pattern,
      List<ReportStates.Entry> reports,
      List<HeldReports.Report> waiting)
      throws IOException {
    json.writeObjectFieldStart("lamp");
    json.writeStringField("pattern", pattern.key());
    json.writeEndObject();
    json.writeArrayFieldStart("reports");
    for (int i = waiting.size() - 1; i >= 0; i--) {
      json.writeStartObject();
      json.writeStringField("status", ReportStatus.KEPT.key());
      writeReference(json, waiting.get(i).reference());
      json.writeEndObject();
    }
    for (int i = reports.size() - 1; i >= Math.max(0, reports.size() - REPORTS); i--) {
      ReportStates.Entry report = reports.get(i);
      json.writeStartObject();
      json.writeStringField("id", report.id());
      json.writeStringField("status", report.status().key());
      json.writeNumberField("t", report.madeMs());
      json.writeNumberField("since", report.changedMs());
      if (report.cancelled()) {
        json.writeBooleanField("cancelled", true);
      }
      writeReference(json, report.reference());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeReference(JsonGenerator json, String reference) throws IOException {
    if (!reference.isEmpty()) {
      json.writeStringField("reference", reference);
    }
  }

  /**
   * Writes the counts of rows that were sent once more.
   *
   * @param daily whether the number that is left, which links two boots, is omitted
   */
  static void writeResends(JsonGenerator json, ResendCounts counts, boolean daily)
      throws IOException {
    json.writeObjectFieldStart("resend");
    json.writeNumberField("requested", counts.requested());
    json.writeNumberField("sent", counts.sent());
    if (!daily) {
      json.writeNumberField("left", counts.left());
    }
    json.writeEndObject();
  }

  /** Writes the faults of this boot. */
  static void writeFaults(JsonGenerator json, Faults faults) throws IOException {
    json.writeArrayFieldStart("faults");
    for (Fault fault : faults.list()) {
      json.writeStartObject();
      json.writeStringField("subsystem", fault.subsystem().key());
      json.writeStringField("place", fault.place());
      json.writeStringField("text", fault.text());
      json.writeNumberField("count", fault.count());
      json.writeNumberField("first_tick_ms", fault.firstTickMs());
      json.writeNumberField("last_tick_ms", fault.lastTickMs());
      json.writeBooleanField("active", fault.active());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
