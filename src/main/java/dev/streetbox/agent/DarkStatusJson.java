package dev.streetbox.agent;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.bus.Time;
import dev.streetbox.driver.GnssState;
import dev.streetbox.measure.Faults;
import dev.streetbox.sample.SensorStatus;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes {@code status.json} of a box that is dark: that it is, its receiver's state and its
 * faults. Used by one thread.
 */
final class DarkStatusJson {
  private static final int VERSION = 1;

  private final Config config;
  private final List<Wiring.BusDuty> buses;
  private final Supplier<Optional<GnssState>> gnss;
  private final Time time;
  private final Faults faults;
  private final BoxReports reports;

  DarkStatusJson(
      Config config,
      List<Wiring.BusDuty> buses,
      Supplier<Optional<GnssState>> gnss,
      BoxReports reports,
      Time time,
      Faults faults) {
    this.reports = reports;
    this.config = config;
    this.buses = buses;
    this.gnss = gnss;
    this.time = time;
    this.faults = faults;
  }

  /** Writes the present state as the fields of one object. */
  void write(JsonGenerator json) throws IOException {
    json.writeNumberField("v", VERSION);
    json.writeStringField("box", config.boxId());
    json.writeStringField("version", Version.current().number());
    json.writeNumberField("tick_ms", time.tickMs());
    json.writeNumberField("t", time.systemClock().toEpochMilli());
    json.writeBooleanField("dark", true);
    json.writeArrayFieldStart("sensors");
    for (Wiring.BusDuty bus : buses) {
      for (SensorStatus sensor : bus.sampler().status()) {
        json.writeStartObject();
        json.writeStringField("name", sensor.name());
        json.writeStringField("bus", bus.name());
        json.writeStringField("state", sensor.state().name().toLowerCase(Locale.ROOT));
        if (!sensor.lastFault().isEmpty()) {
          json.writeStringField("last_fault", sensor.lastFault());
        }
        json.writeEndObject();
      }
    }
    json.writeEndArray();
    SharedStatus.writeGnss(json, gnss.get());
    json.writeObjectFieldStart("link");
    json.writeStringField("state", "dark");
    json.writeNumberField("since_tick_ms", 0);
    json.writeStringField("broker", config.mqtt().broker().uri().toString());
    json.writeEndObject();
    reports.write(json);
    SharedStatus.writeFaults(json, faults);
  }
}
