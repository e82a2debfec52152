package dev.streetbox.screen;

import dev.streetbox.measure.Quantity;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Keeps the readings of the last rows for the curves of the screen. Used by one thread. */
final class History {
  /** Limits the rows kept, and so the width of a curve in characters. */
  static final int CAPACITY = 60;

  /** Heights of U+2581 to U+2588, the characters of a curve. */
  private static final int STEPS = 8;

  private static final char LOWEST = '\u2581';

  private final Deque<Map<Quantity, Double>> rows = new ArrayDeque<>();
  private long newestSeq;

  /**
   * Adds a row unless its seq was the last one added; the oldest row of a full history is removed.
   *
   * @param seq the row's number within its boot; a lower one than the last begins an empty history
   */
  void add(long seq, Map<Quantity, Double> readings) {
    if (seq == newestSeq) {
      return;
    }
    if (seq < newestSeq) {
      rows.clear(); // a new boot of the box
    }
    newestSeq = seq;
    if (rows.size() == CAPACITY) {
      rows.removeFirst();
    }
    rows.addLast(Map.copyOf(readings));
  }

  /**
   * Returns a curve of the newest rows: one character a row, the newest at the right, a space for a
   * row without the quantity. The least value shown has the lowest character and the greatest the
   * highest, except that one step is at least the quantity's last decimal.
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
    // Decimals are not exact in binary, so a value on a step could otherwise fall below the step.
    return (char) (LOWEST + (int) Math.min(STEPS - 1, share * STEPS + 1e-6));
  }
}
