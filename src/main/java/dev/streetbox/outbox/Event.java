package dev.streetbox.outbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Something that happened and is sent ahead of all rows (the contract, "An event").
 *
 * @param boot the boot it happened in
 * @param number its number within the boot, from 1: with box and boot an id that never repeats
 * @param kind what it is
 * @param tickMs when, on the boot's monotonic clock
 * @param seq the newest row at that time, 0 if there was none: the event's rows end there
 * @param body its other fields by their contract names: text, numbers, booleans
 */
public record Event(
    int boot, int number, Kind kind, long tickMs, long seq, Map<String, Object> body) {

  /** The kinds of event. */
  public enum Kind {
    REPORT,
    ODOUR,
    TAMPER,
    FAULT,
    LOSS;

    /** The contract's name, as {@code report}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a contract name, if there is one. */
    public static Optional<Kind> of(String key) {
      return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
    }
  }

  /**
   * @throws IllegalArgumentException if the body holds anything but text, numbers and booleans
   */
  public Event {
    body.forEach(
        (key, value) -> {
          if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
            throw new IllegalArgumentException("event field " + key + " is " + value);
          }
        });
    body = java.util.Collections.unmodifiableMap(new TreeMap<>(body));
  }
}
