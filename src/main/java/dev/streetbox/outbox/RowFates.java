package dev.streetbox.outbox;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Seqs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the fates of the rows of one boot. A row has at most one fate, acknowledged or dropped;
 * rows without a fate are to be sent. Guarded by the {@link Outbox}.
 */
final class RowFates {
  private final int boot;
  private final Seqs settled;
  private final Seqs acknowledged;
  private final DroppedRows undeclared;
  private final DroppedRows declared;

  /** The rows whose fate has changed since the last {@link #markSaved}. */
  private final Seqs unsaved;

  private int changes;

  /** Starts without a fate of any row of that boot. */
  RowFates(int boot) {
    this.boot = boot;
    this.settled = new Seqs(boot);
    this.acknowledged = new Seqs(boot);
    this.undeclared = new DroppedRows(boot);
    this.declared = new DroppedRows(boot);
    this.unsaved = new Seqs(boot);
  }

  private void change(long first, long last) {
    unsaved.add(first, last);
    changes++;
  }

  /** Notes that the broker has rows; a drop of the same rows is cancelled. */
  void acknowledge(long first, long last) {
    acknowledged.add(first, last);
    settled.add(first, last);
    undeclared.remove(first, last);
    declared.remove(first, last);
    change(first, last);
  }

  /** Drops the rows of the range that have no fate yet. */
  void drop(long first, long last, Reason reason) {
    settled.gaps(first, last).forEach(gap -> undeclared.add(gap, reason));
    settled.add(first, last);
    change(first, last);
  }

  /** Notes that the backend knows of the part of this drop that is still dropped. */
  void markDeclared(Drop drop) {
    for (Range part : undeclared.take(drop)) {
      declared.add(part, drop.reason());
      change(part.first(), part.last());
    }
  }

  /** Restores a stored fate. */
  void restore(FateSpan span) {
    Range range = span.range();
    settled.add(range.first(), range.last());
    span.reason()
        .ifPresentOrElse(
            reason -> (span.declared() ? declared : undeclared).add(range, reason),
            () -> acknowledged.add(range.first(), range.last()));
  }

  /** Returns all fates in their stored form. */
  List<FateSpan> spans() {
    return spans(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private List<FateSpan> spans(long first, long last) {
    List<FateSpan> spans = new ArrayList<>();
    acknowledged.overlapping(first, last).forEach(r -> spans.add(FateSpan.acknowledged(r)));
    undeclared.overlapping(first, last).forEach(drop -> spans.add(FateSpan.dropped(drop, false)));
    declared.overlapping(first, last).forEach(drop -> spans.add(FateSpan.dropped(drop, true)));
    return spans;
  }

  /**
   * Returns the rows whose stored spans are to be replaced: those whose fate has changed, and their
   * neighbours, whose spans may have been joined or cut.
   */
  List<Range> unsaved() {
    return unsaved.ranges().stream()
        .map(range -> new Range(boot, Math.max(1, range.first() - 1), range.last() + 1))
        .toList();
  }

  /** Returns the spans, each once, that have a row among these. */
  List<FateSpan> spans(List<Range> areas) {
    Set<FateSpan> spans = new LinkedHashSet<>();
    areas.forEach(area -> spans.addAll(spans(area.first(), area.last())));
    return List.copyOf(spans);
  }

  /** Notes that all changes so far are stored. */
  void markSaved() {
    unsaved.clear();
  }

  /** Notes that no fate is stored. */
  void storeLost() {
    unsaved.add(1, Math.max(1, settled.highest()));
  }

  /** Returns the drops that the backend does not know. */
  List<Drop> undeclared() {
    return undeclared.drops();
  }

  /** Returns whether the backend knows all drops. */
  boolean isDeclared() {
    return undeclared.isEmpty();
  }

  /** Returns all drops, declared or not. */
  List<Drop> drops() {
    List<Drop> drops = undeclared.drops();
    drops.addAll(declared.drops());
    return drops;
  }

  /** Returns how many rows were dropped. */
  long dropped() {
    return settled.size() - acknowledged.size();
  }

  /** Returns how many rows were dropped for that reason. */
  long dropped(Reason reason) {
    return undeclared.size(reason) + declared.size(reason);
  }

  /** Returns how many rows the broker has. */
  long acknowledged() {
    return acknowledged.size();
  }

  /** Returns the rows within first to last that the broker has, as disjoint ranges. */
  List<Range> acknowledgedWithin(long first, long last) {
    return acknowledged.within(first, last);
  }

  /** Returns the rows within first to last that have no fate yet, as disjoint ranges. */
  List<Range> openWithin(long first, long last) {
    return settled.gaps(first, last);
  }

  /** Returns the parts of all drops within first to last, in no order. */
  List<Drop> dropsWithin(long first, long last) {
    List<Drop> drops = undeclared.within(first, last);
    drops.addAll(declared.within(first, last));
    return drops;
  }

  /** Returns the rows that have a fate, as disjoint ranges, the lowest first. */
  List<Range> settled() {
    return settled.ranges();
  }

  /** Returns how many rows up to that seq have no fate yet. */
  long openCount(long upTo) {
    return settled.highest() <= upTo
        ? upTo - settled.size()
        : open(upTo).stream().mapToLong(Range::size).sum();
  }

  /** Returns the rows up to that seq that have no fate yet, as disjoint ranges. */
  List<Range> open(long upTo) {
    return settled.gaps(1, upTo);
  }

  /**
   * Returns the lowest run of at most limit rows, up to that seq, without a fate and not excepted.
   */
  Optional<Range> nextOpen(long upTo, Collection<Range> except, int limit) {
    Seqs taken = new Seqs(boot);
    except.stream().filter(r -> r.boot() == boot).forEach(r -> taken.add(r.first(), r.last()));
    for (Optional<Range> gap = settled.firstGap(1, upTo);
        gap.isPresent();
        gap = settled.firstGap(gap.get().last() + 1, upTo)) {
      Optional<Range> free = taken.firstGap(gap.get().first(), gap.get().last());
      if (free.isPresent()) {
        long first = free.get().first();
        return Optional.of(new Range(boot, first, Math.min(free.get().last(), first + limit - 1)));
      }
    }
    return Optional.empty();
  }

  /** Returns how often a fate has changed; restored fates do not count. */
  int changes() {
    return changes;
  }
}
