package dev.streetbox.publish;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Seqs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * Keeps the rows that are to be sent once more, as ranges, so that overlapping requests are one.
 * Guarded by its owner.
 */
final class ResendQueue {
  private final NavigableMap<Integer, Seqs> byBoot = new TreeMap<>();

  /** Adds rows. */
  void add(Range rows) {
    byBoot.computeIfAbsent(rows.boot(), Seqs::new).add(rows.first(), rows.last());
  }

  /** Returns the rows of a range that are not in the queue. */
  List<Range> missing(Range rows) {
    return byBoot.getOrDefault(rows.boot(), new Seqs(rows.boot())).gaps(rows.first(), rows.last());
  }

  /** Removes rows. */
  void remove(Range rows) {
    Seqs seqs = byBoot.get(rows.boot());
    if (seqs != null) {
      seqs.remove(rows.first(), rows.last());
      if (seqs.highest() == 0) {
        byBoot.remove(rows.boot());
      }
    }
  }

  /**
   * Returns the lowest consecutive rows of the oldest boot.
   *
   * @param except rows not to return
   * @param limit at most this many rows, from 1
   * @param wanted selects boots by their numbers
   */
  Optional<Range> next(Collection<Range> except, int limit, IntPredicate wanted) {
    if (byBoot.isEmpty()) {
      return Optional.empty(); // as nearly always
    }
    return byBoot.keySet().stream()
        .filter(wanted::test)
        .map(boot -> next(boot, except, limit))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Range> next(int boot, Collection<Range> except, int limit) {
    Seqs taken = new Seqs(boot);
    except.stream()
        .filter(rows -> rows.boot() == boot)
        .forEach(rows -> taken.add(rows.first(), rows.last()));
    return byBoot.get(boot).ranges().stream()
        .map(rows -> taken.firstGap(rows.first(), rows.last()))
        .flatMap(Optional::stream)
        .map(free -> new Range(boot, free.first(), Math.min(free.last(), free.first() + limit - 1)))
        .findFirst();
  }

  /** Returns the number of rows. */
  long rows() {
    return byBoot.values().stream().mapToLong(Seqs::size).sum();
  }

  /** Returns all rows as ranges, the oldest boot first. */
  List<Range> ranges() {
    List<Range> ranges = new ArrayList<>();
    byBoot.values().forEach(seqs -> ranges.addAll(seqs.ranges()));
    return ranges;
  }

  /** Returns a queue with the same rows. */
  ResendQueue copy() {
    ResendQueue copy = new ResendQueue();
    ranges().forEach(copy::add);
    return copy;
  }
}
