package dev.streetbox.measure;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Makes the text of one JSON value in memory, without a line end. */
public final class JsonText {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonText() {}

  /** Writes to a generator. */
  @FunctionalInterface
  public interface Content {
    /** Writes one value, or the members of the object that the generator stands in. */
    void write(JsonGenerator json) throws IOException;
  }

  /** Returns the text of one value on one line. */
  public static String of(Content value) {
    return text(value, false);
  }

  /** Returns the text of an object with these members on one line. */
  public static String object(Content members) {
    return text(json -> writeObject(json, members), false);
  }

  /** Returns the text of an object with these members, indented for people. */
  public static String indentedObject(Content members) {
    return text(json -> writeObject(json, members), true);
  }

  private static void writeObject(JsonGenerator json, Content members) throws IOException {
    json.writeStartObject();
    members.write(json);
    json.writeEndObject();
  }

  private static String text(Content value, boolean indented) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      if (indented) {
        json.useDefaultPrettyPrinter();
      }
      value.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter throws no IOException", e);
    }
    return text.toString();
  }
}
