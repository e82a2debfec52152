package dev.streetbox.calibrate;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.TextFormatException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/**
 * Writes and reads a box's calibrations as JSON: {@code {"v":1,"revisions":[{"id":"1-0a1b2c3d",
 * "number":1,"from_boot":42,"made":"…","by":"…","microphones":[…],"lines":[…]}]}}. Older files have
 * no {@code id}, so reading one computes the id that was published.
 */
final class CalibrationJson {
  private static final int VERSION = 1;

  private CalibrationJson() {}

  /** Returns the file's text. */
  static String text(Calibrations calibrations) {
    return JsonText.indentedObject(
            json -> {
              json.writeNumberField("v", VERSION);
              json.writeArrayFieldStart("revisions");
              for (Revision revision : calibrations.revisions()) {
                write(json, revision);
              }
              json.writeEndArray();
            })
        + "\n";
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
    for (LinearCorrection correction : revision.corrections()) {
      json.writeStartObject();
      json.writeStringField("quantity", correction.quantity().key());
      json.writeNumberField("slope", correction.slope());
      json.writeNumberField("intercept", correction.intercept());
      json.writeNumberField("hours", correction.hours());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /**
   * Reads a file's text; ignores fields of later versions.
   *
   * @throws IOException if the text has another form, or is of a later major version
   */
  static Calibrations parse(String text) throws IOException {
    try {
      JsonTree file = JsonTree.parse(text);
      if (whole(file, "v") != VERSION) {
        throw new IOException("the file is of another version of this program");
      }
      return new Calibrations(
          list(file, "revisions").stream().map(CalibrationJson::revision).toList());
    } catch (TextFormatException | IllegalArgumentException | DateTimeException e) {
      throw new IOException("the file is damaged: " + e.getMessage(), e);
    }
  }

  private static Revision revision(JsonTree fields) {
    Revision computed =
        new Revision(
            whole(fields, "number"),
            whole(fields, "from_boot"),
            Instant.parse(text(fields, "made")),
            text(fields, "by"),
            list(fields, "microphones").stream().map(CalibrationJson::microphone).toList(),
            list(fields, "lines").stream().map(CalibrationJson::correction).toList());
    return fields.text("id").map(computed::withId).orElse(computed);
  }

  private static Sensitivity microphone(JsonTree fields) {
    return new Sensitivity(
        text(fields, "sensor"),
        text(fields, "part"),
        number(fields, "sensitivity_dbfs"),
        number(fields, "reference_db"));
  }

  private static LinearCorrection correction(JsonTree fields) {
    String key = text(fields, "quantity");
    Quantity quantity =
        Quantity.of(key).orElseThrow(() -> new IllegalArgumentException("unknown quantity " + key));
    return new LinearCorrection(
        quantity, number(fields, "slope"), number(fields, "intercept"), whole(fields, "hours"));
  }

  private static String text(JsonTree tree, String name) {
    return tree.text(name).orElseThrow(() -> new IllegalArgumentException("no " + name));
  }

  private static int whole(JsonTree tree, String name) {
    return Integer.parseInt(text(tree, name));
  }

  private static double number(JsonTree tree, String name) {
    return tree.number(name).orElseThrow(() -> new IllegalArgumentException("no number " + name));
  }

  /** Returns the objects of a list; an empty list if the member is missing. */
  private static List<JsonTree> list(JsonTree tree, String name) {
    List<JsonTree> list = tree.children(name);
    if (list.size() != tree.size(name)) {
      throw new IllegalArgumentException("an element that is no object in " + name);
    }
    return list;
  }
}
