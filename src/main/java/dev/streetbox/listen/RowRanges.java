package dev.streetbox.listen;

import java.util.Arrays;
import java.util.function.LongBinaryOperator;

/**
 * Keeps a set of row numbers (seq) of one boot as disjoint ranges in one sorted array, 16 bytes a
 * range, so that consecutive rows take no memory. Used by one thread.
 */
final class RowRanges {
  private static final long[] NONE = {};

  private final RangeBudget budget;

  /** The first and the last seq of each range, in order; a gap lies between any two ranges. */
  private long[] ends = NONE;

  private int count;

  /**
   * Makes an empty set.
   *
   * @param budget limits the ranges after the first
   */
  RowRanges(RangeBudget budget) {
    this.budget = budget;
  }

  /**
   * Adds the rows first to last, both included, from 1 to 2^53.
   *
   * @return false, with the set unchanged, if they need a further range and none is left
   */
  boolean add(long first, long last) {
    int from = firstEndingFrom(first - 1);
    int to = from;
    while (to < count && first(to) <= last + 1) {
      to++;
    }
    if (from == to) {
      return insert(from, first, last);
    }
    long newFirst = Math.min(first, first(from));
    long newLast = Math.max(last, last(to - 1));
    System.arraycopy(ends, 2 * to, ends, 2 * (from + 1), 2 * (count - to));
    ends[2 * from] = newFirst;
    ends[2 * from + 1] = newLast;
    count -= to - from - 1;
    budget.giveBack(to - from - 1);
    return true;
  }

  /** Returns whether the row is in the set. */
  boolean contains(long seq) {
    int at = firstEndingFrom(seq);
    return at < count && first(at) <= seq;
  }

  /** Returns the number of rows in the set. */
  long size() {
    long size = 0;
    for (int i = 0; i < count; i++) {
      size += last(i) - first(i) + 1;
    }
    return size;
  }

  /** Returns the highest row in the set, 0 if the set is empty. */
  long highest() {
    return count == 0 ? 0 : last(count - 1);
  }

  /**
   * Returns the sum of a value over the gaps: the runs of rows within first to last that are not in
   * the set.
   *
   * @param value maps the first and the last row of a gap to the value
   */
  long sumOverGaps(long first, long last, LongBinaryOperator value) {
    long sum = 0;
    long from = first;
    for (int i = firstEndingFrom(first); i < count && first(i) <= last; i++) {
      sum += first(i) > from ? value.applyAsLong(from, first(i) - 1) : 0;
      from = last(i) + 1;
    }
    return from <= last ? sum + value.applyAsLong(from, last) : sum;
  }

  /** Passes the gaps within first to last to a receiver, the lowest first. */
  void eachGap(long first, long last, Gaps receiver) {
    long unused =
        sumOverGaps(
            first,
            last,
            (from, to) -> {
              receiver.take(from, to);
              return 0;
            });
  }

  /** Receives the first and the last row of gaps. */
  interface Gaps {
    void take(long first, long last);
  }

  /** Removes all rows and gives the ranges back to the budget. */
  void clear() {
    budget.giveBack(Math.max(0, count - 1));
    ends = NONE;
    count = 0;
  }

  private boolean insert(int at, long first, long last) {
    if (count > 0 && !budget.take()) {
      return false;
    }
    if (2 * count == ends.length) {
      ends = Arrays.copyOf(ends, Math.max(2, 2 * (count + count / 2 + 1)));
    }
    System.arraycopy(ends, 2 * at, ends, 2 * (at + 1), 2 * (count - at));
    ends[2 * at] = first;
    ends[2 * at + 1] = last;
    count++;
    return true;
  }

  /** Returns the index of the lowest range that ends at this row or later; count if none does. */
  private int firstEndingFrom(long seq) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (last(middle) < seq) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private long first(int index) {
    return ends[2 * index];
  }

  private long last(int index) {
    return ends[2 * index + 1];
  }
}
