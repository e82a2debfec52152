package dev.streetbox.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * Holds the program's value of a TOML value, or the reason why it has none.
 *
 * @param value the program's value, as a Duration; empty if the TOML value is not of the type
 * @param error the reason, as "not a duration from 1s to 1h"; empty text if there is a value
 * @param suggestion what to do about the error; empty text if the setting's example is to be typed
 */
public record ParsedValue(Optional<Object> value, String error, String suggestion) {
  /** Returns a value without an error. */
  static ParsedValue of(Object value) {
    return new ParsedValue(Optional.of(value), "", "");
  }

  /** Returns an error that typing the setting's example corrects. */
  static ParsedValue error(String error) {
    return error(error, "");
  }

  /** Returns an error with a suggestion of its own. */
  static ParsedValue error(String error, String suggestion) {
    return new ParsedValue(Optional.empty(), error, suggestion);
  }

  /** Returns what a function makes of the value; an error stays. */
  ParsedValue then(Function<Object, ParsedValue> next) {
    return value.map(next).orElse(this);
  }
}
