package dev.streetbox.measure;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes and reads rows as JSON objects: with {@code tick} in the outbox, with {@code t} and {@code
 * tq} in a batch (contract, "A batch"). A quantity that was not measured is absent.
 */
public final class RowJson {
  /** Below this number of units, a double has all digits of the rounded value. */
  private static final double EXACT_UNITS = 1e15;

  private RowJson() {}

  /** Writes the stored form: {@code {"seq":…,"tick":…,…,"q":…}}. */
  public static void writeStored(JsonGenerator json, Row row) throws IOException {
    json.writeStartObject();
    json.writeNumberField("seq", row.seq());
    json.writeNumberField("tick", row.tickMs());
    writeSample(json, row, 0);
  }

  /** Writes the sent form, dated by the row's boot: {@code {"seq":…,"t":…,"tq":…,…,"q":…}}. */
  public static void writeSent(JsonGenerator json, Row row, Timeline timeline) throws IOException {
    TimeSource source = timeline.source(row.tickMs());
    json.writeStartObject();
    json.writeNumberField("seq", row.seq());
    json.writeNumberField("t", timeline.utcMs(row.tickMs()));
    json.writeStringField("tq", source.key());
    writeSample(json, row, source == TimeSource.EST ? Quality.TIME_EST.bit() : 0);
  }

  private static void writeSample(JsonGenerator json, Row row, int extraFlags) throws IOException {
    writeReadings(json, row.sample());
    json.writeNumberField("q", Quality.bits(row.flags()) | extraFlags);
    json.writeEndObject();
  }

  /** Writes the readings as fields of the object that the generator is in. */
  public static void writeReadings(JsonGenerator json, Sample sample) throws IOException {
    for (Map.Entry<Quantity, Double> reading : sample.readings().entrySet()) {
      writeValue(json, reading.getKey().key(), reading.getKey(), reading.getValue());
    }
  }

  /** Writes a field with a value rounded to its quantity's decimals. */
  public static void writeValue(JsonGenerator json, String name, Quantity quantity, double value)
      throws IOException {
    json.writeFieldName(name);
    json.writeNumber(plain(quantity, value));
  }

  /** Returns a value rounded to its quantity's decimals, without exponent or trailing zeros. */
  public static String plain(Quantity quantity, double value) {
    double units = quantity.units(value);
    if (Math.abs(units) >= EXACT_UNITS) {
      return BigDecimal.valueOf(quantity.rounded(value)).stripTrailingZeros().toPlainString();
    }
    long left = (long) Math.abs(units);
    int decimals = quantity.decimals();
    while (decimals > 0 && left % 10 == 0) {
      left /= 10;
      decimals--;
    }
    StringBuilder text = new StringBuilder().append(left);
    if (decimals > 0) {
      while (text.length() <= decimals) {
        text.insert(0, '0');
      }
      text.insert(text.length() - decimals, '.');
    }
    return (units < 0 ? text.insert(0, '-') : text).toString();
  }

  /**
   * Reads the stored form; the parser is at the object's start or before it.
   *
   * @param boot the boot of the row, which the stored form does not contain
   * @throws IOException if the object is not a stored row; fields of a later version are skipped
   */
  public static Row readStored(JsonParser json, int boot) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT
        && json.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("a stored row is a JSON object, not " + json.currentToken());
    }
    long seq = 0;
    long tickMs = -1;
    Set<Quality> flags = EnumSet.noneOf(Quality.class);
    Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      switch (key) {
        case "seq" -> seq = json.getLongValue();
        case "tick" -> tickMs = json.getLongValue();
        case "q" -> flags = Quality.of(json.getIntValue());
        default -> {
          Optional<Quantity> quantity = Quantity.of(key);
          if (quantity.isPresent()) {
            readings.put(quantity.get(), json.getDoubleValue());
          } else {
            json.skipChildren();
          }
        }
      }
    }
    try {
      return new Row(boot, seq, tickMs, new Sample(readings, flags));
    } catch (IllegalArgumentException e) {
      throw new IOException("not a stored row: " + e.getMessage(), e);
    }
  }
}
