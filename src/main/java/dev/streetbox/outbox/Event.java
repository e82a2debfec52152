package dev.streetbox.outbox;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Describes an event, which is sent ahead of all rows (the contract, "An event").
 *
 * @param boot the boot in which it happened
 * @param number its number within the boot, from 1; box, boot and number are its unique id
 * @param kind its kind
 * @param tickMs when it happened, on the boot's monotonic clock
 * @param seq the newest row at that time, 0 if there was none; the event's rows end with it
 * @param body its other fields by their contract names: String, Long, Double or Boolean
 */
public record Event(
    int boot, int number, Kind kind, long tickMs, long seq, Map<String, Object> body) {

  /** The body's field of a {@link Kind#LOSS} that names the boot that lost something. */
  public static final String LOST_BOOT = "lost_boot";

  /** The body's field of a {@link Kind#TIME} that names the boot whose times it corrects. */
  public static final String DATED_BOOT = "dated_boot";

  /**
   * The body's field of a {@link Kind#REPORT} that takes an earlier report of the same boot back:
   * that report's number. Published as the report's id.
   */
  public static final String CANCELLED = "cancelled";

  /** Lists the kinds of event. */
  public enum Kind {
    REPORT,
    ODOUR,
    /** A single loud sound, by levels only. */
    SOUND,
    TAMPER,
    FAULT,
    LOSS,
    /** Corrected times of a boot whose rows were sent with other times. */
    TIME;

    /** Returns the contract's name, as {@code report}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the kind of a contract name, if there is one. */
    public static Optional<Kind> of(String key) {
      return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
    }
  }

  /**
   * @throws IllegalArgumentException if the body holds anything but text, numbers and booleans
   */
  public Event {
    TreeMap<String, Object> fields = new TreeMap<>();
    body.forEach((key, value) -> fields.put(key, plain(key, value)));
    body = Collections.unmodifiableMap(fields);
  }

  /** Returns the boot that the event is about: that of the loss or correction, else its own. */
  public int about() {
    Object about = body.getOrDefault(LOST_BOOT, body.getOrDefault(DATED_BOOT, (long) boot));
    return about instanceof Long number ? number.intValue() : boot;
  }

  /** Returns a value in one form of its kind, so that an event equals itself after reading. */
  private static Object plain(String key, Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    if (value instanceof Double || value instanceof String || value instanceof Boolean) {
      return value;
    }
    throw new IllegalArgumentException("event field " + key + " is " + value);
  }
}
