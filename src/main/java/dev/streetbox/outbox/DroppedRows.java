package dev.streetbox.outbox;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Seqs;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Keeps the dropped rows of one boot, each with its reason. Guarded by the {@link Outbox}. */
final class DroppedRows {
  private final int boot;
  private final Map<Reason, Seqs> byReason = new EnumMap<>(Reason.class);

  /** Holds no row of that boot yet. */
  DroppedRows(int boot) {
    this.boot = boot;
  }

  void add(Range range, Reason reason) {
    of(reason).add(range.first(), range.last());
  }

  /** Removes rows, whatever their reason. */
  void remove(long first, long last) {
    byReason.values().forEach(seqs -> seqs.remove(first, last));
  }

  /** Removes the rows of a drop that are contained, and returns them. */
  List<Range> take(Drop drop) {
    Seqs seqs = of(drop.reason());
    List<Range> here = seqs.within(drop.range().first(), drop.range().last());
    here.forEach(part -> seqs.remove(part.first(), part.last()));
    return here;
  }

  /** Returns all drops, by reason and seq. */
  List<Drop> drops() {
    List<Drop> drops = new ArrayList<>();
    byReason.forEach(
        (reason, seqs) -> seqs.ranges().forEach(range -> drops.add(new Drop(range, reason))));
    return drops;
  }

  /** Returns the drops that have a row within first to last, whole, by reason and seq. */
  List<Drop> overlapping(long first, long last) {
    List<Drop> drops = new ArrayList<>();
    byReason.forEach(
        (reason, seqs) ->
            seqs.overlapping(first, last).forEach(range -> drops.add(new Drop(range, reason))));
    return drops;
  }

  /** Returns whether there is no drop. */
  boolean isEmpty() {
    return byReason.values().stream().allMatch(Seqs::isEmpty);
  }

  /** Returns the parts of the drops within first to last, by reason and seq. */
  List<Drop> within(long first, long last) {
    List<Drop> drops = new ArrayList<>();
    byReason.forEach(
        (reason, seqs) ->
            seqs.within(first, last).forEach(range -> drops.add(new Drop(range, reason))));
    return drops;
  }

  /** Returns how many rows were dropped for that reason. */
  long size(Reason reason) {
    return of(reason).size();
  }

  private Seqs of(Reason reason) {
    return byReason.computeIfAbsent(reason, any -> new Seqs(boot));
  }
}
