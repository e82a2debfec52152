package dev.streetbox.agent;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.driver.GnssState;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Faults.Fault;
import java.io.IOException;
import java.util.Optional;

/** Writes the parts of {@code status.json} that a box has outside and within a privacy zone. */
final class SharedStatus {
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
