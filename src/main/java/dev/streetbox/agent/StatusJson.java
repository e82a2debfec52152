package dev.streetbox.agent;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.bus.Time;
import dev.streetbox.command.CommandCounts;
import dev.streetbox.driver.Microphone;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.RowJson;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.Timeline;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.publish.LinkStatus;
import dev.streetbox.publish.RemoteSettings;
import dev.streetbox.record.Privacy;
import dev.streetbox.sample.Board;
import dev.streetbox.sample.SensorStatus;
import dev.streetbox.sound.Calibrator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes the content of {@code status.json}: the state of a running box, as {@code streetbox
 * status} shows it.
 */
final class StatusJson {
  private static final int VERSION = 1;

  private final WiredBox wiredBox;
  private final Time time;
  private final Faults faults;
  private final BoxReports reports;

  /** Makes the writer for a box; used by one thread. */
  StatusJson(WiredBox wiredBox, BoxReports reports, Time time, Faults faults) {
    this.reports = reports;
    this.wiredBox = wiredBox;
    this.time = time;
    this.faults = faults;
  }

  /** Writes the present state as the fields of one object. */
  void write(JsonGenerator json) throws IOException {
    Outbox outbox = wiredBox.outbox();
    Timeline timeline = outbox.timeline(outbox.boot());
    json.writeNumberField("v", VERSION);
    json.writeStringField("box", wiredBox.config().boxId());
    json.writeNumberField("boot", outbox.boot());
    json.writeStringField("version", wiredBox.version().number());
    json.writeNumberField("tick_ms", time.tickMs());
    json.writeNumberField("t", timeline.utcMs(time.tickMs()));
    json.writeStringField("tq", timeline.source(time.tickMs()).key());
    if (wiredBox.calibration().isPresent()) {
      json.writeStringField("cal", wiredBox.calibration().get().id());
      json.writeStringField("cal_made", wiredBox.calibration().get().made().toString());
    }
    writeRow(json, timeline);
    writeReadings(json);
    writeSensors(json);
    SharedStatus.writeGnss(json, wiredBox.gnss().get());
    writeStore(json, outbox.status());
    writeOtherIds(json, outbox.unacknowledgedByBoot());
    writeLink(json, wiredBox.publisher().status());
    writeCommands(json, wiredBox.commands().counts());
    SharedStatus.writeResends(json, wiredBox.publisher().resends().counts(), false);
    writeRemoteSettings(json, wiredBox.remote().changed());
    reports.write(json);
    SharedStatus.writeFaults(json, faults);
  }

  private void writeRow(JsonGenerator json, Timeline timeline) throws IOException {
    Optional<Row> row = wiredBox.recorder().last();
    if (row.isPresent()) {
      json.writeFieldName("row");
      RowJson.writeSent(json, row.get(), timeline);
    }
  }

  /**
   * Writes the latest reading of each quantity with its age. Omits the position, because only the
   * row's has passed the privacy zones.
   */
  private void writeReadings(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("readings");
    for (Map.Entry<Quantity, Board.Latest> reading :
        wiredBox.board().latest(time.tickMs()).entrySet()) {
      Quantity quantity = reading.getKey();
      Board.Latest latest = reading.getValue();
      if (!Privacy.isPlace(quantity)) {
        json.writeStartObject();
        json.writeStringField("key", quantity.key());
        RowJson.writeValue(json, "value", quantity, latest.value());
        json.writeStringField("unit", quantity.unit());
        json.writeStringField("sensor", latest.sensor());
        json.writeNumberField("age_ms", Math.max(0, time.tickMs() - latest.tickMs()));
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private void writeSensors(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("sensors");
    for (Wiring.BusDuty bus : wiredBox.buses()) {
      for (SensorStatus sensor : bus.sampler().status()) {
        json.writeStartObject();
        json.writeStringField("name", sensor.name());
        json.writeStringField("bus", bus.name());
        json.writeStringField("state", sensor.state().name().toLowerCase(Locale.ROOT));
        if (sensor.ageMs(time.tickMs()).isPresent()) {
          json.writeNumberField("age_ms", sensor.ageMs(time.tickMs()).getAsLong());
        }
        json.writeNumberField("faults", sensor.faults());
        if (!sensor.lastFault().isEmpty()) {
          json.writeStringField("last_fault", sensor.lastFault());
        }
        writeHours(json, sensor.name());
        writeReadings(json, sensor.name());
        writeCalibrator(json, sensor.name());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  /** Writes the hours of a part's fan and laser, or of its cell. */
  private void writeHours(JsonGenerator json, String sensor) throws IOException {
    Optional<String> field = wiredBox.runHours().field(sensor);
    if (field.isPresent()) {
      double hours = wiredBox.runHours().hours(sensor).orElse(0);
      json.writeNumberField(field.get(), RunHours.shown(hours));
    }
  }

  /**
   * Writes the readings of one part, since the row has only the first of two parts with one
   * quantity; omits the receiver's position.
   */
  private void writeReadings(JsonGenerator json, String sensor) throws IOException {
    Optional<Sample> sample = wiredBox.board().latest(sensor, time.tickMs());
    if (sample.isEmpty() || sensor.equals(Wiring.GNSS)) {
      return;
    }
    json.writeObjectFieldStart("readings");
    RowJson.writeReadings(json, sample.get());
    json.writeNumberField("q", Quality.bits(sample.get().flags()));
    json.writeEndObject();
  }

  /**
   * Writes the calibrator tone that a microphone detects, and the sensitivity that follows from it.
   */
  private void writeCalibrator(JsonGenerator json, String sensor) throws IOException {
    Optional<Calibrator.Tone> tone =
        Optional.ofNullable(wiredBox.microphones().get(sensor)).flatMap(Microphone::calibratorTone);
    if (tone.isPresent()) {
      json.writeNumberField("calibrator_db", tone.get().referenceDb());
      json.writeNumberField(
          "sensitivity_dbfs", Math.rint(tone.get().sensitivityDbfs() * 100) / 100);
    }
  }

  /** Writes how many unsent rows were measured under each id that the box had before. */
  private void writeOtherIds(JsonGenerator json, Map<Integer, Long> unsent) throws IOException {
    Map<String, Long> byId = new TreeMap<>();
    unsent.forEach((boot, rows) -> byId.merge(wiredBox.ids().of(boot), rows, Long::sum));
    byId.remove(wiredBox.config().boxId());
    if (!byId.isEmpty()) {
      json.writeObjectFieldStart("other_ids");
      for (Map.Entry<String, Long> rows : byId.entrySet()) {
        json.writeNumberField(rows.getKey(), rows.getValue());
      }
      json.writeEndObject();
    }
  }

  private static void writeStore(JsonGenerator json, Outbox.OutboxStatus store) throws IOException {
    json.writeObjectFieldStart("store");
    json.writeNumberField("newest", store.newest());
    json.writeNumberField("unacknowledged", store.unacknowledged());
    json.writeNumberField("uncommitted", store.uncommitted());
    json.writeNumberField("events", store.events());
    json.writeNumberField("dropped", store.dropped());
    json.writeEndObject();
  }

  private static void writeCommands(JsonGenerator json, CommandCounts counts) throws IOException {
    json.writeObjectFieldStart("commands");
    json.writeNumberField("done", counts.done());
    json.writeNumberField("repeated", counts.repeated());
    json.writeNumberField("refused", counts.refused());
    json.writeNumberField("unanswered", counts.unanswered());
    json.writeEndObject();
  }

  /** Writes the settings that commands have changed; nothing if there is none. */
  private static void writeRemoteSettings(JsonGenerator json, List<RemoteSettings.Changed> all)
      throws IOException {
    if (all.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("set");
    for (RemoteSettings.Changed one : all) {
      json.writeStartObject();
      json.writeStringField("key", one.key());
      json.writeStringField("value", one.value());
      if (!one.confirmed()) {
        json.writeNumberField("taken_back_in_s", one.leftS());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeLink(JsonGenerator json, LinkStatus link) throws IOException {
    json.writeObjectFieldStart("link");
    json.writeStringField("state", link.state());
    json.writeNumberField("since_tick_ms", link.sinceMs());
    json.writeStringField("broker", link.broker());
    json.writeNumberField("sent_rows", link.sentRows());
    json.writeNumberField("acknowledged_rows", link.acknowledgedRows());
    json.writeNumberField("acknowledged_batches", link.acknowledgedBatches());
    json.writeNumberField("in_flight_rows", link.inFlightRows());
    json.writeNumberField("without_subscriber", link.withoutSubscriber());
    json.writeNumberField("losses", link.losses());
    if (!link.lastCause().isEmpty()) {
      json.writeStringField("last_trouble", link.lastCause());
    }
    json.writeEndObject();
  }
}
