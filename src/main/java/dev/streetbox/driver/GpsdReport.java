package dev.streetbox.driver;

import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.TextFormatException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads one JSON object of gpsd's. A member of another type than the one asked for is absent, as is
 * one that is missing: gpsd leaves out what it does not know (gpsd_json(5)).
 *
 * @param members the object
 */
record GpsdReport(JsonTree members) {
  /**
   * Reads one line.
   *
   * @throws TextFormatException if it is not exactly one JSON object with a class; the message has
   *     no digit of the line
   */
  static GpsdReport parse(String line) throws TextFormatException {
    GpsdReport report;
    try {
      report = new GpsdReport(JsonTree.parse(line));
    } catch (TextFormatException e) {
      throw new TextFormatException(masked(e.getMessage()));
    }
    if (report.kind().isEmpty()) {
      throw new TextFormatException("not a report: expected one JSON object with a class");
    }
    return report;
  }

  /** Returns a text for people without its digits: they may be a place, which no log must have. */
  static String masked(String text) {
    return text.replaceAll("\\d", "#");
  }

  /** Returns its class, as {@code TPV}. */
  String kind() {
    return text("class").orElse("");
  }

  /** Returns a string member. */
  Optional<String> text(String name) {
    return members.string(name);
  }

  /** Returns a member that is a finite number. */
  OptionalDouble number(String name) {
    return members.number(name);
  }

  /** Tells whether a member is true. */
  boolean is(String name) {
    return members.isTrue(name);
  }

  /** Returns the objects in a list; none if the list is missing. */
  List<GpsdReport> list(String name) {
    return members.children(name).stream().map(GpsdReport::new).toList();
  }
}
