package dev.streetbox.compact;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.bus.Hardware;
import dev.streetbox.measure.TimeSource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Holds the fields of a batch beside its rows, as the contract names them.
 *
 * @param version field {@code v}
 * @param simulated field {@code sim}, which is absent for false
 * @param calibration field {@code cal}
 * @param start field {@code t0}
 * @param earliest field {@code t0_min}
 * @param latest field {@code t0_max}
 * @param drops field {@code drops}, which is absent if there are none
 */
record BatchHead(
    long version,
    String box,
    long boot,
    boolean simulated,
    long first,
    long last,
    Optional<String> calibration,
    OptionalLong start,
    OptionalLong earliest,
    OptionalLong latest,
    List<Dropped> drops) {
  /** The time sources by their numbers in a compact batch. */
  static final List<TimeSource> SOURCES = List.of(TimeSource.GNSS, TimeSource.NTP, TimeSource.EST);

  /** Holds one declaration of rows that are not sent. */
  record Dropped(long first, long last, String reason) {}

  /** Copies the list. */
  BatchHead {
    drops = List.copyOf(drops);
  }

  /** Writes the fields that stand before the rows, in the order of a JSON batch. */
  void writeBeforeRows(JsonGenerator json) throws IOException {
    json.writeNumberField("v", version);
    json.writeStringField("box", box);
    json.writeNumberField("boot", boot);
    if (simulated) {
      json.writeBooleanField(Hardware.SIMULATED, true);
    }
    json.writeNumberField("first", first);
    json.writeNumberField("last", last);
    if (calibration.isPresent()) {
      json.writeStringField("cal", calibration.get());
    }
    write(json, "t0", start);
    write(json, "t0_min", earliest);
    write(json, "t0_max", latest);
  }

  /** Writes the fields that stand after the rows. */
  void writeAfterRows(JsonGenerator json) throws IOException {
    if (drops.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("drops");
    for (Dropped drop : drops) {
      json.writeStartArray();
      json.writeNumber(drop.first());
      json.writeNumber(drop.last());
      json.writeString(drop.reason());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, String name, OptionalLong value)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(name, value.getAsLong());
    }
  }
}
