package dev.streetbox.outbox;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Seqs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Accounts for the rows of one boot. A row has one fate at most, acknowledged or dropped; rows
 * without a fate are still to be sent. Guarded by the {@link Outbox}.
 */
final class RowFates {
  private final int boot;
  private final Seqs settled;
  private final Seqs acknowledged;
  private final DroppedRows untold;
  private final DroppedRows told;
  private int changes;

  /** Knows the fate of no row of that boot. */
  RowFates(int boot) {
    this.boot = boot;
    this.settled = new Seqs(boot);
    this.acknowledged = new Seqs(boot);
    this.untold = new DroppedRows(boot);
    this.told = new DroppedRows(boot);
  }

  /** Settles rows that the broker has; those that had been dropped meanwhile are no drop. */
  void acknowledge(long first, long last) {
    acknowledged.add(first, last);
    settled.add(first, last);
    untold.remove(first, last);
    told.remove(first, last);
    changes++;
  }

  /** Drops those of the rows that have no fate yet. */
  void drop(long first, long last, Reason reason) {
    settled.gaps(first, last).forEach(gap -> untold.add(gap, reason));
    settled.add(first, last);
    changes++;
  }

  /** Notes that the backend knows of this drop, or of what is left of it. */
  void tell(Drop drop) {
    for (Range part : untold.take(drop)) {
      told.add(part, drop.reason());
      changes++;
    }
  }

  /** Takes over a fate from the store. */
  void restore(FateSpan span) {
    Range range = span.range();
    settled.add(range.first(), range.last());
    span.reason()
        .ifPresentOrElse(
            reason -> (span.told() ? told : untold).add(range, reason),
            () -> acknowledged.add(range.first(), range.last()));
  }

  /** Returns all fates, as they are stored. */
  List<FateSpan> spans() {
    List<FateSpan> spans = new ArrayList<>();
    acknowledged.ranges().forEach(range -> spans.add(FateSpan.acknowledged(range)));
    untold.drops().forEach(drop -> spans.add(FateSpan.dropped(drop, false)));
    told.drops().forEach(drop -> spans.add(FateSpan.dropped(drop, true)));
    return spans;
  }

  /** Returns the drops that the backend has not been told of. */
  List<Drop> untold() {
    return untold.drops();
  }

  /** Returns all drops, whether the backend has been told of them or not. */
  List<Drop> drops() {
    List<Drop> drops = untold.drops();
    drops.addAll(told.drops());
    return drops;
  }

  /** Returns how many rows were dropped. */
  long dropped() {
    return settled.size() - acknowledged.size();
  }

  /** Returns how many rows were dropped for that reason. */
  long dropped(Reason reason) {
    return untold.size(reason) + told.size(reason);
  }

  /** Returns how many rows the broker has. */
  long acknowledged() {
    return acknowledged.size();
  }

  /** Returns the rows that have a fate, as disjoint ranges, the lowest first. */
  List<Range> settled() {
    return settled.ranges();
  }

  /** Returns the rows up to that one that have no fate yet, as disjoint ranges. */
  List<Range> open(long upTo) {
    return settled.gaps(1, upTo);
  }

  /** Returns the lowest run up to that row that has no fate and is not excepted. */
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

  /** Returns how often a fate has changed; what the store knew already is no change. */
  int changes() {
    return changes;
  }
}
