package dev.streetbox.screen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One JSON object, for printing: its scalars are their text, in the order of the document. What is
 * missing is empty, so that a program reads the files of another version.
 */
public final class JsonTree {
  private final Map<String, Object> fields;

  private JsonTree(Map<String, Object> fields) {
    this.fields = fields;
  }

  /**
   * Reads one object.
   *
   * @throws JsonParseException if the text is not an object
   */
  public static JsonTree parse(String text) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonParseException(json, "not an object");
      }
      return object(json);
    }
  }

  /** A scalar's text, if the field is there. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(fields.get(name))
        .filter(String.class::isInstance)
        .map(String.class::cast);
  }

  /** An object; empty if it is missing. */
  public JsonTree child(String name) {
    return fields.get(name) instanceof JsonTree child ? child : new JsonTree(Map.of());
  }

  /** The objects of an array; none if it is missing. */
  public List<JsonTree> children(String name) {
    return fields.get(name) instanceof List<?> list
        ? list.stream().filter(JsonTree.class::isInstance).map(JsonTree.class::cast).toList()
        : List.of();
  }

  /** Its scalars: their names and texts. */
  public Map<String, String> scalars() {
    Map<String, String> scalars = new LinkedHashMap<>();
    fields.keySet().forEach(name -> text(name).ifPresent(text -> scalars.put(name, text)));
    return scalars;
  }

  /** The names of the objects in it. */
  public List<String> childNames() {
    return fields.keySet().stream().filter(name -> fields.get(name) instanceof JsonTree).toList();
  }

  private static JsonTree object(JsonParser json) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      fields.put(name, value(json));
    }
    return new JsonTree(fields);
  }

  private static Object value(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.START_OBJECT) {
      return object(json);
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      return json.getText();
    }
    List<Object> list = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(json));
    }
    return list;
  }
}
