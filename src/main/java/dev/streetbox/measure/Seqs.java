package dev.streetbox.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps a set of row numbers (seq) of one boot as disjoint ranges, so that consecutive rows take
 * one entry. Not safe for use by several threads at once.
 */
public final class Seqs {
  private final int boot;
  private final TreeMap<Long, Long> lastByFirst = new TreeMap<>();
  private long size;

  /** Makes an empty set of rows of that boot. */
  public Seqs(int boot) {
    this.boot = boot;
  }

  /** Adds the rows first to last, both included. */
  public void add(long first, long last) {
    long from = first;
    long to = last;
    Map.Entry<Long, Long> left = lastByFirst.floorEntry(first);
    if (left != null && left.getValue() >= first - 1) {
      from = left.getKey();
      to = Math.max(to, left.getValue());
      size -= left.getValue() - left.getKey() + 1;
      lastByFirst.remove(from);
    }
    Map.Entry<Long, Long> right = lastByFirst.ceilingEntry(from);
    while (right != null && right.getKey() <= to + 1) {
      to = Math.max(to, right.getValue());
      size -= right.getValue() - right.getKey() + 1;
      lastByFirst.remove(right.getKey());
      right = lastByFirst.ceilingEntry(from);
    }
    put(from, to);
  }

  private void put(long first, long last) {
    lastByFirst.put(first, last);
    size += last - first + 1;
  }

  /** Removes those of the rows first to last, both included, that are in the set. */
  public void remove(long first, long last) {
    for (Range range : overlapping(first, last)) {
      lastByFirst.remove(range.first());
      size -= range.size();
      if (range.first() < first) {
        put(range.first(), first - 1);
      }
      if (range.last() > last) {
        put(last + 1, range.last());
      }
    }
  }

  /** Returns whether the row is in the set. */
  public boolean contains(long seq) {
    Map.Entry<Long, Long> entry = lastByFirst.floorEntry(seq);
    return entry != null && entry.getValue() >= seq;
  }

  /** Returns the number of rows in the set. */
  public long size() {
    return size;
  }

  /** Returns the highest row in the set, 0 if the set is empty. */
  public long highest() {
    return lastByFirst.isEmpty() ? 0 : lastByFirst.lastEntry().getValue();
  }

  /** Returns whether the set has no row. */
  public boolean isEmpty() {
    return lastByFirst.isEmpty();
  }

  /** Removes all rows. */
  public void clear() {
    lastByFirst.clear();
    size = 0;
  }

  /** Returns the set as disjoint ranges, lowest first. */
  public List<Range> ranges() {
    List<Range> ranges = new ArrayList<>();
    lastByFirst.forEach((first, last) -> ranges.add(new Range(boot, first, last)));
    return ranges;
  }

  /** Returns the part of the set within first to last as disjoint ranges, lowest first. */
  public List<Range> within(long first, long last) {
    return overlapping(first, last).stream()
        .map(r -> new Range(boot, Math.max(first, r.first()), Math.min(last, r.last())))
        .toList();
  }

  /** Returns the ranges of the set that have a row within first to last, whole, lowest first. */
  public List<Range> overlapping(long first, long last) {
    Long before = lastByFirst.floorKey(first);
    List<Range> ranges = new ArrayList<>();
    for (Map.Entry<Long, Long> entry :
        lastByFirst.tailMap(before == null ? first : before, true).entrySet()) {
      if (entry.getKey() > last) {
        break;
      }
      if (entry.getValue() >= first) {
        ranges.add(new Range(boot, entry.getKey(), entry.getValue()));
      }
    }
    return ranges;
  }

  /**
   * Returns the lowest consecutive rows within first to last that are not in the set, if there are
   * any.
   */
  public Optional<Range> firstGap(long first, long last) {
    Map.Entry<Long, Long> covering = lastByFirst.floorEntry(first);
    long from = covering != null && covering.getValue() >= first ? covering.getValue() + 1 : first;
    if (from > last) {
      return Optional.empty();
    }
    Long next = lastByFirst.higherKey(from);
    return Optional.of(new Range(boot, from, next == null ? last : Math.min(last, next - 1)));
  }

  /**
   * Returns the rows within first to last that are not in the set, as disjoint ranges, lowest
   * first.
   */
  public List<Range> gaps(long first, long last) {
    List<Range> gaps = new ArrayList<>();
    for (Optional<Range> gap = firstGap(first, last);
        gap.isPresent();
        gap = firstGap(gap.get().last() + 1, last)) {
      gaps.add(gap.get());
    }
    return gaps;
  }
}
