package dev.streetbox.command;

import com.fasterxml.jackson.core.JsonToken;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds the arguments of one command, each a text, a number, a truth value or null. Immutable. */
public final class Arguments {
  /** The arguments of a command without any. */
  public static final Arguments NONE = new Arguments(Map.of());

  /**
   * Holds one argument as it was sent.
   *
   * @param text its JSON text, of a string without the quotes
   */
  record Value(JsonToken type, String text) {}

  private final Map<String, Value> values;

  Arguments(Map<String, Value> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Returns the names of the arguments. */
  Set<String> names() {
    return values.keySet();
  }

  /** Returns whether an argument is null. */
  public boolean isNull(String name) {
    return is(name, JsonToken.VALUE_NULL);
  }

  /** Returns whether an argument is a string. */
  public boolean isText(String name) {
    return is(name, JsonToken.VALUE_STRING);
  }

  private boolean is(String name, JsonToken type) {
    return Optional.ofNullable(values.get(name)).filter(value -> value.type() == type).isPresent();
  }

  /**
   * Returns an argument that is a string.
   *
   * @throws RefusedException if it is missing or none
   */
  public String text(String name) throws RefusedException {
    if (!isText(name)) {
      throw new RefusedException("the argument " + name + " must be a string");
    }
    return values.get(name).text();
  }

  /**
   * Returns an argument that is a whole number.
   *
   * @throws RefusedException if it is missing, none, or outside the bounds
   */
  public long integer(String name, long least, long greatest) throws RefusedException {
    if (!is(name, JsonToken.VALUE_NUMBER_INT)) {
      throw new RefusedException("the argument " + name + " must be a whole number");
    }
    String text = values.get(name).text();
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= greatest) {
        return value;
      }
    } catch (NumberFormatException e) {
      // It has more digits than any bound.
    }
    throw new RefusedException(
        "the argument %s must be from %d to %d".formatted(name, least, greatest));
  }

  /** Returns an argument as {@link #integer} does, or a default if it is missing. */
  public long integer(String name, long least, long greatest, long missing)
      throws RefusedException {
    return values.containsKey(name) ? integer(name, least, greatest) : missing;
  }
}
