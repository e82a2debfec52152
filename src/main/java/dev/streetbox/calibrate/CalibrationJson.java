package dev.streetbox.calibrate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.streetbox.measure.Quantity;
import java.io.IOException;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The text of a box's calibrations: {@code {"v":1,"revisions":[{"id":"1-0a1b2c3d",
 * "number":1,"from_boot":42,"made":"…","by":"…","microphones":[…],"lines":[…]}]}}. Older files have
 * no {@code id}; reading one computes the id that was published.
 */
final class CalibrationJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int VERSION = 1;

  private CalibrationJson() {}

  /** Writes them. */
  static String text(Calibrations calibrations) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeNumberField("v", VERSION);
      json.writeArrayFieldStart("revisions");
      for (Revision revision : calibrations.revisions()) {
        write(json, revision);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.append('\n').toString();
  }

  private static void write(JsonGenerator json, Revision revision) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", revision.id());
    json.writeNumberField("number", revision.number());
    json.writeNumberField("from_boot", revision.fromBoot());
    json.writeStringField("made", revision.made().toString());
    json.writeStringField("by", revision.by());
    json.writeArrayFieldStart("microphones");
    for (Sensitivity microphone : revision.microphones()) {
      json.writeStartObject();
      json.writeStringField("sensor", microphone.sensor());
      json.writeStringField("part", microphone.part());
      json.writeNumberField("sensitivity_dbfs", microphone.dbfs());
      json.writeNumberField("reference_db", microphone.referenceDb());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("lines");
    for (Line line : revision.lines()) {
      json.writeStartObject();
      json.writeStringField("quantity", line.quantity().key());
      json.writeNumberField("slope", line.slope());
      json.writeNumberField("intercept", line.intercept());
      json.writeNumberField("hours", line.hours());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /**
   * Reads them. Fields of later versions are left out.
   *
   * @throws IOException if it is no such text, or one of a later major version
   */
  static Calibrations parse(String text) throws IOException {
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      Fields file = new Fields(json);
      if (file.whole("v") != VERSION) {
        throw new IOException("it is of another version of this program");
      }
      return new Calibrations(
          file.list("revisions").stream().map(CalibrationJson::revision).toList());
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException("it is damaged: " + e.getMessage(), e);
    }
  }

  private static Revision revision(Fields fields) {
    Revision computed =
        new Revision(
            fields.whole("number"),
            fields.whole("from_boot"),
            Instant.parse(fields.text("made")),
            fields.text("by"),
            fields.list("microphones").stream().map(CalibrationJson::microphone).toList(),
            fields.list("lines").stream().map(CalibrationJson::line).toList());
    return fields.has("id") ? computed.named(fields.text("id")) : computed;
  }

  private static Sensitivity microphone(Fields fields) {
    return new Sensitivity(
        fields.text("sensor"),
        fields.text("part"),
        fields.number("sensitivity_dbfs"),
        fields.number("reference_db"));
  }

  private static Line line(Fields fields) {
    String key = fields.text("quantity");
    Quantity quantity =
        Quantity.of(key)
            .orElseThrow(() -> new IllegalArgumentException("no quantity is called " + key));
    return new Line(
        quantity, fields.number("slope"), fields.number("intercept"), fields.whole("hours"));
  }

  /** One JSON object: its scalars as text, its arrays of objects. */
  private static final class Fields {
    private final Map<String, String> scalars = new HashMap<>();
    private final Map<String, List<Fields>> lists = new HashMap<>();

    /** Reads from the object's beginning to its end. */
    Fields(JsonParser json) throws IOException {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("no object where one should be");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken() == JsonToken.START_ARRAY) {
          List<Fields> list = new ArrayList<>();
          while (json.nextToken() != JsonToken.END_ARRAY) {
            list.add(new Fields(json));
          }
          lists.put(name, list);
        } else if (json.currentToken() == JsonToken.START_OBJECT) {
          json.skipChildren();
        } else {
          scalars.put(name, json.getText());
        }
      }
    }

    boolean has(String name) {
      return scalars.containsKey(name);
    }

    String text(String name) {
      if (!has(name)) {
        throw new IllegalArgumentException("no " + name);
      }
      return scalars.get(name);
    }

    int whole(String name) {
      return Integer.parseInt(text(name));
    }

    double number(String name) {
      return Double.parseDouble(text(name));
    }

    List<Fields> list(String name) {
      return lists.getOrDefault(name, List.of());
    }
  }
}
