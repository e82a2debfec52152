package dev.streetbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Validates by a JSON Schema (draft 2020-12), with the keywords that the contract uses. Any other
 * keyword is a mistake, so that no keyword is silently ignored, and so is a property that the
 * schema does not name, because a box sends no others.
 */
public final class JsonSchema {
  private static final Set<String> WORDS =
      Set.of("$schema", "title", "description", "type", "then");

  private final Map<?, ?> root;

  /** Reads a schema. */
  public JsonSchema(Path file) throws IOException {
    this.root = (Map<?, ?>) resolved(parse(Files.readString(file)), file.toAbsolutePath());
  }

  /** Replaces each reference to another file, which names it relative to the file that refers. */
  private static Object resolved(Object value, Path file) throws IOException {
    if (value instanceof List<?> list) {
      List<Object> resolved = new ArrayList<>();
      for (Object item : list) {
        resolved.add(resolved(item, file));
      }
      return resolved;
    }
    if (!(value instanceof Map<?, ?> map)) {
      return value;
    }
    if (map.get("$ref") instanceof String other) {
      Path target = file.resolveSibling(other);
      return resolved(parse(Files.readString(target)), target);
    }
    Map<Object, Object> resolved = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      resolved.put(entry.getKey(), resolved(entry.getValue(), file));
    }
    return resolved;
  }

  /** Returns every violation of the schema in a text. */
  public List<String> mistakes(String json) throws IOException {
    List<String> mistakes = new ArrayList<>();
    check(root, parse(json), "", mistakes);
    return mistakes;
  }

  /** Returns the part of the schema at a path of names. */
  public Map<?, ?> at(String... path) {
    Map<?, ?> at = root;
    for (String name : path) {
      at = (Map<?, ?>) at.get(name);
    }
    return at;
  }

  private static void check(Map<?, ?> schema, Object value, String place, List<String> mistakes) {
    if (schema.get("type") instanceof String type && !isOf(type, value)) {
      mistakes.add(place + ": not " + type + " but " + value);
      return;
    }
    for (Map.Entry<?, ?> rule : schema.entrySet()) {
      if (!holds((String) rule.getKey(), rule.getValue(), schema, value, place, mistakes)) {
        mistakes.add(place + ": " + rule + " but is " + value);
      }
    }
  }

  private static boolean holds(
      String word, Object rule, Map<?, ?> schema, Object value, String place, List<String> bad) {
    return switch (word) {
      case "const" -> rule.equals(value);
      case "enum" -> ((List<?>) rule).contains(value);
      case "pattern" -> value.toString().matches((String) rule);
      case "minimum" -> number(value).compareTo(number(rule)) >= 0;
      case "maximum" -> number(value).compareTo(number(rule)) <= 0;
      case "exclusiveMaximum" -> number(value).compareTo(number(rule)) < 0;
      case "maxLength" -> value.toString().length() <= number(rule).intValue();
      case "minItems" -> ((List<?>) value).size() >= number(rule).intValue();
      case "maxItems" -> ((List<?>) value).size() <= number(rule).intValue();
      case "required" -> ((Map<?, ?>) value).keySet().containsAll((List<?>) rule);
      case "dependentRequired" ->
          ((Map<?, ?>) rule)
              .entrySet().stream()
                  .filter(entry -> ((Map<?, ?>) value).containsKey(entry.getKey()))
                  .allMatch(
                      entry ->
                          ((Map<?, ?>) value).keySet().containsAll((List<?>) entry.getValue()));
      case "properties" -> {
        ((Map<?, ?>) value)
            .forEach(
                (name, field) -> {
                  if (((Map<?, ?>) rule).get(name) instanceof Map<?, ?> of) {
                    check(of, field, place + "/" + name, bad);
                  } else if ("object".equals(schema.get("type"))) {
                    bad.add(place + ": no schema names the property " + name);
                  }
                });
        yield true;
      }
      case "items" -> {
        ((List<?>) value).forEach(item -> check((Map<?, ?>) rule, item, place + "/[]", bad));
        yield true;
      }
      case "prefixItems" -> {
        for (int i = 0; i < ((List<?>) rule).size(); i++) {
          check((Map<?, ?>) ((List<?>) rule).get(i), ((List<?>) value).get(i), place + i, bad);
        }
        yield true;
      }
      case "allOf" -> {
        ((List<?>) rule).forEach(each -> check((Map<?, ?>) each, value, place, bad));
        yield true;
      }
      case "if" -> {
        List<String> unlike = new ArrayList<>();
        check((Map<?, ?>) rule, value, place, unlike);
        if (unlike.isEmpty()) {
          check((Map<?, ?>) schema.get("then"), value, place, bad);
        }
        yield true;
      }
      default -> WORDS.contains(word);
    };
  }

  private static boolean isOf(String type, Object value) {
    return switch (type) {
      case "object" -> value instanceof Map;
      case "array" -> value instanceof List;
      case "string" -> value instanceof String;
      case "boolean" -> value instanceof Boolean;
      case "number" -> value instanceof BigDecimal;
      case "integer" ->
          value instanceof BigDecimal number && number.stripTrailingZeros().scale() <= 0;
      default -> false;
    };
  }

  private static BigDecimal number(Object value) {
    return (BigDecimal) value;
  }

  private static Object parse(String text) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(text)) {
      json.nextToken();
      return value(json);
    }
  }

  private static Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
          String name = json.currentName();
          json.nextToken();
          fields.put(name, value(json));
        }
        yield fields;
      }
      case START_ARRAY -> {
        List<Object> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(json));
        }
        yield items;
      }
      case VALUE_STRING -> json.getText();
      case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDecimalValue();
      default -> throw new IOException("not in the contract: " + json.currentToken());
    };
  }
}
