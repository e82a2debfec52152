package dev.streetbox.screen;

import dev.streetbox.measure.Quantity;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** The last rows that a screen has shown, for its curves. Used by one thread. */
final class History {
  /** More than any curve is wide. */
  static final int CAPACITY = 60;

  /** How many steps a character of a curve can show. */
  private static final int STEPS = 8;

  private static final char LOWEST = '\u2581';

  private final Deque<Map<Quantity, Double>> rows = new ArrayDeque<>();
  private long newest;

  /** Adds a row that has not been added yet; the oldest goes. */
  void add(long seq, Map<Quantity, Double> readings) {
    if (seq == newest) {
      return;
    }
    if (seq < newest) {
      rows.clear(); // the agent was started again
    }
    newest = seq;
    if (rows.size() == CAPACITY) {
      rows.removeFirst();
    }
    rows.addLast(Map.copyOf(readings));
  }

  /**
   * A curve of the newest rows, one character each, the newest at the right; a space where nothing
   * was measured. Lowest and highest are those shown, but a step is never finer than the last
   * decimal.
   */
  String curve(Quantity quantity, int width) {
    List<Map<Quantity, Double>> shown =
        rows.stream().skip(Math.max(0, rows.size() - width)).toList();
    double[] values =
        shown.stream().mapToDouble(row -> row.getOrDefault(quantity, Double.NaN)).toArray();
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      lowest = Double.isNaN(value) ? lowest : Math.min(lowest, value);
      highest = Double.isNaN(value) ? highest : Math.max(highest, value);
    }
    double span = Math.max(highest - lowest, STEPS * Math.pow(10, -quantity.decimals()));
    StringBuilder curve = new StringBuilder(" ".repeat(width - values.length));
    for (double value : values) {
      curve.append(Double.isNaN(value) ? ' ' : step((value - lowest) / span));
    }
    return curve.toString();
  }

  private static char step(double share) {
    // A decimal like 0.02 is never exact: what lies on a step is not to fall below it.
    return (char) (LOWEST + (int) Math.min(STEPS - 1, share * STEPS + 1e-6));
  }
}
