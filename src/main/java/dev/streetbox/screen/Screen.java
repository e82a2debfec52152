package dev.streetbox.screen;

import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/**
 * Lays out the live screen: the state of the box, the quantities with their curves or the faults,
 * and the keys. A small window gets the upper lines of each of these.
 */
final class Screen {
  static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
  static final AttributedStyle FAINT = PLAIN.faint();
  static final AttributedStyle STRONG = PLAIN.bold();
  static final AttributedStyle BAR = PLAIN.inverse();
  static final AttributedStyle GOOD = PLAIN.foreground(AttributedStyle.GREEN);
  static final AttributedStyle DOUBTFUL = PLAIN.foreground(AttributedStyle.YELLOW);
  static final AttributedStyle BAD = PLAIN.foreground(AttributedStyle.RED);
  private static final AttributedStyle CURVE = PLAIN.foreground(AttributedStyle.CYAN);

  private static final int VALUE_END = 23;
  private static final int UNIT_START = 24;
  private static final int CURVE_START = 31;

  /** Columns for age and flags, right of the curve. */
  private static final int RIGHT_WIDTH = 24;

  private static final int AGE_WIDTH = 8;
  private static final int MIN_CURVE_WIDTH = 8;

  private final View view;
  private final int columns;
  private final int rows;

  private Screen(View view, int columns, int rows) {
    this.view = view;
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * Returns the lines of a window: as many as its rows, none wider than its columns. A window of
   * fewer than 2 rows or columns counts as 2.
   */
  static List<AttributedString> of(View view, int columns, int rows) {
    return new Screen(view, Math.max(2, columns), Math.max(2, rows)).lines();
  }

  private List<AttributedString> lines() {
    List<AttributedString> lines = new ArrayList<>(new ScreenHead(view, columns).lines());
    int room = rows - 1;
    // The quantities get two thirds of a small window.
    while (lines.size() > Math.max(1, room / 3)) {
      lines.remove(lines.size() - 1);
    }
    lines.addAll(
        view.mode() == View.Mode.FAULTS ? faults(room - lines.size()) : table(room - lines.size()));
    while (lines.size() < room) {
      lines.add(AttributedString.EMPTY);
    }
    lines.add(keys());
    return lines;
  }

  private List<AttributedString> table(int room) {
    List<AttributedString> lines = new ArrayList<>();
    List<Map.Entry<Quantity, View.ShownValue>> readings =
        view.measured().entrySet().stream()
            .sorted(Comparator.comparing(reading -> reading.getKey().isDetail()))
            .toList();
    if (room > readings.size() + 1) {
      lines.add(AttributedString.EMPTY);
    }
    if (readings.isEmpty()) {
      lines.add(line().add(" nothing measured yet").build());
      return lines;
    }
    if (room > 2) {
      lines.add(header());
    }
    int free = Math.max(0, room - lines.size());
    int shown = readings.size() <= free ? readings.size() : Math.max(0, free - 1);
    readings.stream().limit(shown).map(this::reading).forEach(lines::add);
    if (shown < readings.size() && free > 0) {
      lines.add(
          line().add(" " + (readings.size() - shown) + " more in a taller window", FAINT).build());
    }
    return lines;
  }

  private AttributedString header() {
    ScreenLine line = line().add(" quantity", FAINT).addEndingAt(VALUE_END, "value", FAINT);
    line.padTo(UNIT_START).add("unit", FAINT);
    if (curveWidth() > 0) {
      line.padTo(CURVE_START).add("last " + curveWidth() + " rows", FAINT);
    }
    line.addEndingAt(ageEnd(), "age", FAINT);
    return line.padTo(ageEnd() + 1).add("flags", FAINT).build();
  }

  private AttributedString reading(Map.Entry<Quantity, View.ShownValue> entry) {
    Quantity quantity = entry.getKey();
    View.ShownValue reading = entry.getValue();
    String value = String.format(Locale.ROOT, "%." + quantity.decimals() + "f", reading.value());
    ScreenLine line = line().add(" " + quantity.label());
    line.addEndingAt(VALUE_END, value, reading.current() ? STRONG : FAINT);
    line.padTo(UNIT_START).add(quantity.unit(), FAINT);
    if (curveWidth() > 0) {
      line.padTo(CURVE_START).add(view.history().curve(quantity, curveWidth()), CURVE);
    }
    line.addEndingAt(ageEnd(), HumanText.span(reading.ageMs()), reading.current() ? FAINT : BAD);
    String flags = quantity.group().flagText(view.flags());
    line.padTo(ageEnd() + 1).add(flags, DOUBTFUL);
    if (!reading.current()) {
      line.add(flags.isEmpty() ? "late" : ", late", BAD);
    }
    return line.build();
  }

  private int curveWidth() {
    int width = Math.min(History.CAPACITY, columns - CURVE_START - RIGHT_WIDTH - 1);
    return width < MIN_CURVE_WIDTH ? 0 : width;
  }

  private int ageEnd() {
    return CURVE_START + curveWidth() + (curveWidth() > 0 ? 1 : 0) + AGE_WIDTH - 1;
  }

  private List<AttributedString> faults(int room) {
    List<AttributedString> lines = new ArrayList<>();
    lines.add(AttributedString.EMPTY);
    for (JsonTree fault : view.status().children("faults")) {
      boolean active = ScreenHead.isActive(fault);
      String text =
          " %-4s %s: %s (%s times)"
              .formatted(
                  active ? "now" : "over",
                  fault.text("place").orElse("?"),
                  fault.text("text").orElse("?"),
                  fault.text("count").orElse("?"));
      lines.addAll(new AttributedString(text, active ? BAD : FAINT).columnSplitLength(columns));
    }
    if (lines.size() == 1) {
      lines.add(line().add(" no fault in this boot", GOOD).build());
    }
    return lines.subList(0, Math.min(Math.max(0, room), lines.size()));
  }

  private AttributedString keys() {
    ScreenLine line = new ScreenLine(columns, BAR);
    line.add(" q quit   ");
    line.add(view.mode() == View.Mode.PAUSED ? "p go on   " : "p pause   ");
    line.add(view.mode() == View.Mode.FAULTS ? "f quantities" : "f faults");
    return line.build();
  }

  private ScreenLine line() {
    return new ScreenLine(columns, PLAIN);
  }
}
