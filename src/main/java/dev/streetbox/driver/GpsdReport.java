package dev.streetbox.driver;

import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.PrintableText;
import dev.streetbox.measure.TextFormatException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Reads one JSON object of gpsd. A member of another type than requested counts as absent; gpsd
 * omits members without a value (gpsd_json(5)).
 *
 * @param members the object
 */
record GpsdReport(JsonTree members) {
  private static final int TEXT_LIMIT = 300;

  /** The members that this package reads: a sixth of those that gpsd sends each second. */
  private static final Set<String> USED =
      Set.of(
          "class",
          "message",
          "proto_major",
          "device",
          "devices",
          "path",
          "activated",
          "satellites",
          "used",
          "uSat",
          "nSat",
          "time",
          "mode",
          "lat",
          "lon",
          "alt",
          "altMSL",
          "eph",
          "epx",
          "epy",
          "speed",
          "track");

  /**
   * Reads one line.
   *
   * @throws TextFormatException if the line is not exactly one JSON object with a class; the
   *     message has no digit of the line
   */
  static GpsdReport parse(String line) throws TextFormatException {
    GpsdReport report;
    try {
      report = new GpsdReport(JsonTree.parse(line, USED::contains));
    } catch (TextFormatException e) {
      throw new TextFormatException(masked(PrintableText.of(e.getMessage(), TEXT_LIMIT)));
    }
    if (report.kind().isEmpty()) {
      throw new TextFormatException("not a report: expected one JSON object with a class");
    }
    return report;
  }

  /**
   * Returns the text with # for each digit, because digits may be a position, which no log may
   * hold.
   */
  static String masked(String text) {
    return text.replaceAll("\\d", "#");
  }

  /** Returns the report's class, for example {@code TPV}; empty if there is none. */
  String kind() {
    return text("class").orElse("");
  }

  /** Returns a string member, {@link PrintableText}; empty if it is absent. */
  Optional<String> text(String name) {
    return members.string(name).map(text -> PrintableText.of(text, TEXT_LIMIT));
  }

  /** Returns a member that is a finite number; empty if it is absent. */
  OptionalDouble number(String name) {
    return members.number(name);
  }

  /** Returns whether a member is true. */
  boolean is(String name) {
    return members.isTrue(name);
  }

  /** Returns the objects in a list; empty if the list is absent. */
  List<GpsdReport> list(String name) {
    return members.children(name).stream().map(GpsdReport::new).toList();
  }
}
