package dev.streetbox.publish;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.bus.Hardware;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.RowJson;
import dev.streetbox.measure.Timeline;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** Writes the fields that batches, events and states share. Safe for every thread. */
final class SharedFields {
  /** The version of the contract, field {@code v}. */
  private static final int VERSION = 1;

  private final PublishedNames names;
  private final boolean simulated;
  private final IntFunction<Optional<String>> calibration;

  /**
   * @param names the names under which boots are published
   * @param simulated whether any configured source is simulated
   * @param calibration returns the calibration id of a boot; empty if the boot has none
   */
  SharedFields(PublishedNames names, boolean simulated, IntFunction<Optional<String>> calibration) {
    this.names = names;
    this.simulated = simulated;
    this.calibration = calibration;
  }

  /** Writes version, box and boot, and {@code sim} if any source is simulated. */
  void writeHead(JsonGenerator json, int boot) throws IOException {
    json.writeNumberField("v", VERSION);
    json.writeStringField("box", names.of(boot).box());
    json.writeNumberField("boot", names.of(boot).boot());
    if (simulated) {
      json.writeBooleanField(Hardware.SIMULATED, true);
    }
  }

  /**
   * Writes the start of the boot in ms since 1970 (UTC) and, for an estimate, its bounds.
   *
   * @param tickMs the tick of the boot whose anchor dates the start
   */
  void writeStart(JsonGenerator json, Timeline timeline, long tickMs) throws IOException {
    json.writeNumberField("t0", timeline.utcMs(tickMs) - tickMs);
    if (timeline.earliestStartMs().isPresent()) {
      json.writeNumberField("t0_min", timeline.earliestStartMs().getAsLong());
    }
    if (timeline.latestStartMs().isPresent()) {
      json.writeNumberField("t0_max", timeline.latestStartMs().getAsLong());
    }
  }

  /** Writes the calibration id by which the rows of a boot were corrected, if any. */
  void writeCalibration(JsonGenerator json, int boot) throws IOException {
    Optional<String> id = calibration.apply(boot);
    if (id.isPresent()) {
      json.writeStringField("cal", names.pseudonymOf(id.get(), boot));
    }
  }

  /** Writes the rows, dated by a timeline. */
  void writeRows(JsonGenerator json, List<Row> rows, Timeline timeline) throws IOException {
    json.writeArrayFieldStart("rows");
    for (Row row : rows) {
      RowJson.writeSent(json, row, timeline);
    }
    json.writeEndArray();
  }
}
