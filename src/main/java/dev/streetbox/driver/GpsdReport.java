package dev.streetbox.driver;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.streetbox.measure.TextFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One JSON object of gpsd's: its members by name. A member of another type than the one asked for
 * is absent, as is one that is missing: gpsd leaves out what it does not know (gpsd_json(5)).
 *
 * @param members the scalars, as String, Double or Boolean, and the objects in lists
 */
record GpsdReport(Map<String, Object> members) {
  /** Without the table of names, which would keep every name that noise ever made. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  /**
   * Reads one line.
   *
   * @throws TextFormatException if it is not exactly one JSON object with a class
   */
  static GpsdReport parse(String line) throws TextFormatException {
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        GpsdReport report = object(json);
        if (json.nextToken() == null && !report.kind().isEmpty()) {
          return report;
        }
      }
    } catch (JsonProcessingException e) {
      throw new TextFormatException("not JSON: " + masked(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new TextFormatException("not JSON: " + masked(e.getMessage()));
    }
    throw new TextFormatException("not a report: expected one JSON object with a class");
  }

  /** A text for people without its digits: they may be a place, which no log must have. */
  static String masked(String text) {
    return text.replaceAll("\\d", "#");
  }

  /** Its class, as {@code TPV}. */
  String kind() {
    return text("class").orElse("");
  }

  /** A string member. */
  Optional<String> text(String name) {
    return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** A member that is a finite number. */
  OptionalDouble number(String name) {
    return members.get(name) instanceof Double number && Double.isFinite(number)
        ? OptionalDouble.of(number)
        : OptionalDouble.empty();
  }

  /** Whether a member is true. */
  boolean is(String name) {
    return Boolean.TRUE.equals(members.get(name));
  }

  /** The objects in a list; none if the list is missing. */
  List<GpsdReport> list(String name) {
    List<GpsdReport> objects = new ArrayList<>();
    if (members.get(name) instanceof List<?> list) {
      list.forEach(object -> objects.add((GpsdReport) object));
    }
    return objects;
  }

  /** Reads the members of the object whose start the parser stands at, up to its end. */
  private static GpsdReport object(JsonParser json) throws IOException {
    Map<String, Object> members = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (value) {
        case VALUE_STRING -> members.put(name, json.getText());
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> members.put(name, json.getDoubleValue());
        case VALUE_TRUE, VALUE_FALSE -> members.put(name, json.getBooleanValue());
        case START_ARRAY -> members.put(name, objects(json));
        default -> json.skipChildren();
      }
    }
    return new GpsdReport(members);
  }

  private static List<GpsdReport> objects(JsonParser json) throws IOException {
    List<GpsdReport> objects = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.START_OBJECT) {
        objects.add(object(json));
      } else {
        json.skipChildren();
      }
    }
    return objects;
  }
}
