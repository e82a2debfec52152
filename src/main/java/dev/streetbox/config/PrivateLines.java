package dev.streetbox.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the lines of a configuration file that may hold a place where a person lives, also where
 * they are mistyped, so that no message quotes them. Immutable.
 */
public final class PrivateLines {
  private static final Pattern HEADER = Pattern.compile("\\s*\\[.*");

  /** Matches words of a zone's header, also with a slip: {@code [[privacy.zome]]}. */
  private static final Pattern ZONE_HEADER = Pattern.compile(".*(?:priva|zon|zome).*");

  /** Matches a key of a zone, also in other words: {@code latitude}, {@code Lon}, {@code lng}. */
  private static final Pattern PLACE_KEY =
      Pattern.compile("\\W*(?:lat|lta|lon|lng|lno|latt|coord|home|zon|radius)\\w*\\b.*");

  /** Matches a number as exact as a coordinate: three decimals are 110 m. */
  private static final Pattern COORDINATE = Pattern.compile(".*\\d[.,]\\d{3,}.*");

  private final List<String> lines;

  /** Holds the lines of a file. */
  public PrivateLines(List<String> lines) {
    this.lines = List.copyOf(lines);
  }

  /**
   * Returns whether a line may hold a place: it lies in a zone, has such a key, or a coordinate.
   *
   * @param number the line's number, from 1
   */
  public boolean contains(int number) {
    if (number < 1 || number > lines.size()) {
      return false;
    }
    String line = lower(number);
    boolean header = HEADER.matcher(line).matches();
    return COORDINATE.matcher(line).matches()
        || (!header && (PLACE_KEY.matcher(line).matches() || isInZone(number)));
  }

  private boolean isInZone(int number) {
    int header = number;
    while (header > 0 && !HEADER.matcher(lines.get(header - 1)).matches()) {
      header--;
    }
    return header > 0 && ZONE_HEADER.matcher(lower(header)).matches();
  }

  private String lower(int number) {
    return lines.get(number - 1).toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the remedy for a line that is not TOML and may hold a place.
   *
   * @param message the TOML parser's message, of which nothing is quoted
   * @param location the coordinate that the line seems to set, if it does
   */
  static String remedy(String message, Optional<Setting> location) {
    if (message.contains("previously defined")) {
      return "set twice; keep one of the two";
    }
    return location
        .map(setting -> "not a number; type " + setting.example())
        .orElse("not TOML; type key = value, as " + Setting.ZONE_LAT.example());
  }

  /** Returns a key for a message; in a zone, and in a coordinate, each digit is a {@code *}. */
  static String withoutNumbers(Section section, String key) {
    return section == Section.ZONE ? masked(key) : withoutCoordinate(key);
  }

  /** Returns a name for a message; in a coordinate each digit is a {@code *}. */
  static String withoutCoordinate(String name) {
    return COORDINATE.matcher(name).matches() ? masked(name) : name;
  }

  private static String masked(String text) {
    return text.replaceAll("\\d", "*");
  }
}
