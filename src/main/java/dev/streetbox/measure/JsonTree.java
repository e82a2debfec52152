package dev.streetbox.measure;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Holds one JSON object as a whole, for documents of some kilobytes; rows are read by {@link
 * RowJson} instead. A member that is missing, or of another type than the requested one, reads as
 * empty, so that a document of another version can be read. Immutable.
 */
public final class JsonTree {
  /**
   * Keeps no table of member names, because corrupted input would make the table grow without
   * limit; accepts NaN, which gpsd writes.
   */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private static final JsonTree EMPTY = new JsonTree(Map.of());

  /** Holds a value that is neither object nor array, as its text. */
  private record Scalar(JsonToken type, String text) {}

  private final Map<String, Object> members;

  private JsonTree(Map<String, Object> members) {
    this.members = members;
  }

  /**
   * Reads a text that is one object, and nothing after it.
   *
   * @throws TextFormatException if the text is anything else; the message may quote the text
   */
  public static JsonTree parse(String text) throws TextFormatException {
    return parse(text, name -> true);
  }

  /**
   * As {@link #parse(String)}, but reads as if some members were missing, at any depth; a document
   * of which few members are used takes half the time.
   *
   * @param wanted selects members by their names
   */
  public static JsonTree parse(String text, Predicate<String> wanted) throws TextFormatException {
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new TextFormatException("not a JSON object");
      }
      JsonTree tree = object(json, wanted);
      if (json.nextToken() != null) {
        throw new TextFormatException("more than one JSON object");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw new TextFormatException("not JSON: " + e.getOriginalMessage());
    } catch (TextFormatException e) {
      throw e;
    } catch (IOException e) {
      throw new TextFormatException("not JSON: " + e.getMessage());
    }
  }

  /** Returns the text of a member that is a string, a number, a truth value or null. */
  public Optional<String> text(String name) {
    return scalar(name).map(Scalar::text);
  }

  /** Returns a member that is a string. */
  public Optional<String> string(String name) {
    return scalar(name).filter(value -> value.type() == JsonToken.VALUE_STRING).map(Scalar::text);
  }

  /** Returns a member that is a finite number. */
  public OptionalDouble number(String name) {
    if (members.get(name) instanceof Scalar value && value.type().isNumeric()) {
      double number = Double.parseDouble(value.text());
      return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    }
    return OptionalDouble.empty();
  }

  /** Tells whether a member is true. */
  public boolean isTrue(String name) {
    return scalar(name).filter(value -> value.type() == JsonToken.VALUE_TRUE).isPresent();
  }

  /** Returns a member that is an object; an empty object if there is none. */
  public JsonTree child(String name) {
    return members.get(name) instanceof JsonTree child ? child : EMPTY;
  }

  /** Returns the objects of an array; an empty list if the array is missing. */
  public List<JsonTree> children(String name) {
    return members.get(name) instanceof List<?> list
        ? list.stream().filter(JsonTree.class::isInstance).map(JsonTree.class::cast).toList()
        : List.of();
  }

  /**
   * Returns the arrays of an array, each as the texts of its scalars; an empty list if the array is
   * missing.
   */
  public List<List<String>> tuples(String name) {
    return members.get(name) instanceof List<?> list
        ? list.stream().filter(List.class::isInstance).map(one -> texts((List<?>) one)).toList()
        : List.of();
  }

  private static List<String> texts(List<?> values) {
    return values.stream()
        .filter(Scalar.class::isInstance)
        .map(value -> ((Scalar) value).text())
        .toList();
  }

  /** Returns the number of an array's elements, objects or not; 0 if the array is missing. */
  public int size(String name) {
    return members.get(name) instanceof List<?> list ? list.size() : 0;
  }

  /** Returns the texts of all scalars by name, in the order of the document. */
  public Map<String, String> scalars() {
    Map<String, String> scalars = new LinkedHashMap<>();
    members.keySet().forEach(name -> text(name).ifPresent(text -> scalars.put(name, text)));
    return scalars;
  }

  /** Returns the arrays by name, in the order of the document, each as a text for people. */
  public Map<String, String> arrays() {
    Map<String, String> texts = new LinkedHashMap<>();
    members.forEach(
        (name, value) -> {
          if (value instanceof List<?> list) {
            texts.put(name, textOf(list));
          }
        });
    return texts;
  }

  private static String textOf(Object value) {
    if (value instanceof Scalar scalar) {
      return scalar.text();
    }
    return value instanceof List<?> list
        ? list.stream().map(JsonTree::textOf).collect(Collectors.joining(", ", "[", "]"))
        : "{…}";
  }

  /** Returns the names of the members that are objects. */
  public List<String> childNames() {
    return members.keySet().stream().filter(name -> members.get(name) instanceof JsonTree).toList();
  }

  private Optional<Scalar> scalar(String name) {
    return members.get(name) instanceof Scalar scalar ? Optional.of(scalar) : Optional.empty();
  }

  private static JsonTree object(JsonParser json, Predicate<String> wanted) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (wanted.test(name)) {
        members.put(name, value(json, wanted));
      } else {
        json.skipChildren();
      }
    }
    return new JsonTree(members);
  }

  private static Object value(JsonParser json, Predicate<String> wanted) throws IOException {
    if (json.currentToken() == JsonToken.START_OBJECT) {
      return object(json, wanted);
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      return new Scalar(json.currentToken(), json.getText());
    }
    List<Object> list = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(json, wanted));
    }
    return list;
  }
}
