package dev.streetbox.compact;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Holds the values of one field in the rows of a batch, as integers of the field's last decimal.
 * Used by one thread.
 */
final class Column {
  private final BitSet present = new BitSet();
  private final List<Long> values = new ArrayList<>();

  /** Adds the value of a row, whose place is above that of the value before. */
  void add(int row, long value) {
    present.set(row);
    values.add(value);
  }

  /** Returns the values in the order of the rows. */
  List<Long> values() {
    return values;
  }

  /** Returns the rows that have a value: bit n of byte n / 8 stands for row n. */
  byte[] present() {
    return present.toByteArray();
  }

  /** Returns whether each of that many rows has a value. */
  boolean isComplete(int rows) {
    return values.size() == rows;
  }

  /** Returns the differences of the values; the first is the value itself. */
  static List<Long> differences(List<Long> values) {
    List<Long> differences = new ArrayList<>();
    long before = 0;
    for (long value : values) {
      differences.add(Math.subtractExact(value, before));
      before = value;
    }
    return differences;
  }

  /**
   * Returns the values of differences.
   *
   * @throws ArithmeticException if a sum is beyond 64 bits
   */
  static List<Long> sums(List<Long> differences) {
    List<Long> values = new ArrayList<>();
    long value = 0;
    for (long difference : differences) {
      value = Math.addExact(value, difference);
      values.add(value);
    }
    return values;
  }
}
