package dev.streetbox.outbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.streetbox.datadir.DamagedException;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import java.util.TreeMap;

/** Reads and writes the fields of an {@link Event} as one flat JSON object. */
final class EventBody {
  private static final JsonFactory JSON = new JsonFactory();

  private EventBody() {}

  static String write(Map<String, Object> body) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      for (Map.Entry<String, Object> field : body.entrySet()) {
        json.writeObjectField(field.getKey(), field.getValue());
      }
      json.writeEndObject();
    }
    return text.toString();
  }

  static Map<String, Object> parse(String text) throws IOException {
    Map<String, Object> body = new TreeMap<>();
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        switch (json.nextToken()) {
          case VALUE_STRING -> body.put(key, json.getText());
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> body.put(key, json.getNumberValue());
          case VALUE_TRUE, VALUE_FALSE -> body.put(key, json.getBooleanValue());
          default -> throw new DamagedException("event field " + key + " is no plain value");
        }
      }
    }
    return body;
  }
}
