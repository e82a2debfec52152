package dev.streetbox.agent;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.calibrate.LinearCorrection;
import dev.streetbox.calibrate.Revision;
import dev.streetbox.calibrate.Sensitivity;
import dev.streetbox.driver.PartIdentity;
import dev.streetbox.measure.Quantity;
import dev.streetbox.part.SensorSettings;
import dev.streetbox.publish.RemoteSettings;
import dev.streetbox.sample.SensorStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes the members of {@code about} that follow the head: the parts, the calibration, and the
 * settings that matter to a reader. With daily names it omits whatever would link two days: names,
 * serial numbers, firmware, and the coefficients of the calibration. Used by the publisher's
 * thread.
 */
final class AboutJson {
  private final Config config;
  private final Version version;
  private final Optional<Revision> calibration;
  private final RemoteSettings mqtt;
  private final Supplier<List<SensorStatus>> sensors;

  /**
   * @param mqtt the settings that are in use, some of them by a command
   * @param sensors returns the present state of every sensor
   */
  AboutJson(
      Config config,
      Version version,
      Optional<Revision> calibration,
      RemoteSettings mqtt,
      Supplier<List<SensorStatus>> sensors) {
    this.config = config;
    this.version = version;
    this.calibration = calibration;
    this.mqtt = mqtt;
    this.sensors = sensors;
  }

  /** Writes the members. */
  void write(JsonGenerator json) throws IOException {
    json.writeStringField("version", version.number());
    writeParts(json);
    if (calibration.isPresent()) {
      writeCalibration(json, calibration.get());
    }
    writeSeconds(json, "live_period_s", mqtt.livePeriod());
    writeSeconds(json, "diag_period_s", mqtt.diagPeriod());
    json.writeStringField("encoding", mqtt.encoding().key());
    writeChanged(json);
  }

  /** Writes the keys of the settings that a command has set. */
  private void writeChanged(JsonGenerator json) throws IOException {
    if (mqtt.changed().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("set_by_command");
    for (RemoteSettings.Changed changed : mqtt.changed()) {
      json.writeString(changed.key());
    }
    json.writeEndArray();
  }

  private void writeParts(JsonGenerator json) throws IOException {
    Map<String, PartIdentity> identities = new HashMap<>();
    sensors.get().forEach(sensor -> identities.put(sensor.name(), sensor.identity()));
    json.writeArrayFieldStart("parts");
    for (SensorSettings part : config.sensors()) {
      json.writeStartObject();
      json.writeStringField("driver", part.part().key());
      if (!config.privacy().daily()) {
        json.writeStringField("name", part.name());
        PartIdentity identity = identities.getOrDefault(part.name(), PartIdentity.NONE);
        writeText(json, "serial", identity.serial());
        writeText(json, "firmware", identity.firmware());
      }
      json.writeArrayFieldStart("quantities");
      for (Quantity quantity : part.quantities()) {
        json.writeString(quantity.key());
      }
      json.writeEndArray();
      if (!part.period().isZero()) {
        writeSeconds(json, "period_s", part.period());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeCalibration(JsonGenerator json, Revision revision) throws IOException {
    json.writeObjectFieldStart("calibration");
    json.writeArrayFieldStart("quantities");
    for (LinearCorrection correction : revision.corrections()) {
      json.writeString(correction.quantity().key());
    }
    json.writeEndArray();
    if (!config.privacy().daily()) {
      json.writeStringField("id", revision.id());
      json.writeStringField(
          "date", LocalDate.ofInstant(revision.made(), ZoneOffset.UTC).toString());
      writeWords(json, revision);
    }
    json.writeEndObject();
  }

  private static void writeWords(JsonGenerator json, Revision revision) throws IOException {
    json.writeArrayFieldStart("words");
    for (Sensitivity microphone : revision.microphones()) {
      json.writeString(
          String.format(
              Locale.ROOT,
              "%s: %.2f dBFS at 94 dB, by a calibrator of %.1f dB",
              microphone.sensor(),
              microphone.dbfs(),
              microphone.referenceDb()));
    }
    for (LinearCorrection correction : revision.corrections()) {
      json.writeString(
          String.format(
              Locale.ROOT,
              "%s = (%s - %.2f) / %.3f, from %d h beside a reference",
              correction.quantity().corrected().orElseThrow().key(),
              correction.quantity().key(),
              correction.intercept(),
              correction.slope(),
              correction.hours()));
    }
    json.writeEndArray();
  }

  private static void writeText(JsonGenerator json, String name, String value) throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(name, value);
    }
  }

  private static void writeSeconds(JsonGenerator json, String name, Duration value)
      throws IOException {
    if (value.toMillis() % 1000 == 0) {
      json.writeNumberField(name, value.toSeconds());
    } else {
      json.writeNumberField(name, value.toMillis() / 1e3);
    }
  }
}
