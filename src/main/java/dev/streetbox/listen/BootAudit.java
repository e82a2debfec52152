package dev.streetbox.listen;

import dev.streetbox.measure.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Accounts for the rows of one boot. Used by one thread. */
final class BootAudit {
  /** Tells what became of a row that arrived. */
  enum Arrival {
    /** The row had not arrived before. */
    FIRST,
    /** The row had arrived before. */
    DUPLICATE,
    /** The account has no room for the row, so that it may have arrived before or not. */
    UNACCOUNTED
  }

  private final int id;
  private final RowRanges received;
  private final RowRanges declared;
  private long duplicates;
  private long conflicts;

  /** The first seq from which every row is expected. */
  private long firstExpected;

  /** The first seq from which a missing row is explained by a power cut. */
  private long cutSeq = Long.MAX_VALUE;

  /**
   * @param id a number that no other boot of the audit has
   * @param startedBefore whether the boot had begun before the audit; its rows are then expected
   *     from the first live one on, because earlier ones may have been delivered before
   * @param budget limits the ranges of row numbers
   */
  BootAudit(int id, boolean startedBefore, RangeBudget budget) {
    this.id = id;
    this.received = new RowRanges(budget);
    this.declared = new RowRanges(budget);
    this.firstExpected = startedBefore ? Long.MAX_VALUE : 1;
  }

  /** Returns the number that no other boot of the audit has. */
  int id() {
    return id;
  }

  /**
   * Adds a row that has arrived.
   *
   * @param same whether its content equals that of the first arrival, as far as that is kept
   */
  Arrival addReceived(long seq, boolean live, boolean same) {
    if (live && firstExpected == Long.MAX_VALUE) {
      firstExpected = seq;
    }
    if (received.contains(seq)) {
      duplicates++;
      conflicts += same ? 0 : 1;
      return Arrival.DUPLICATE;
    }
    return received.add(seq, seq) ? Arrival.FIRST : Arrival.UNACCOUNTED;
  }

  /**
   * Adds rows that the box declared lost during the boot itself.
   *
   * @return whether the account has room for them
   */
  boolean addDropped(Range rows) {
    return declared.add(rows.first(), rows.last());
  }

  /**
   * Adds rows that the box declared lost in a later boot.
   *
   * @return whether the account has room for them
   */
  boolean addLost(Range rows) {
    if (rows.last() == Long.MAX_VALUE) {
      cutSeq = Math.min(cutSeq, rows.first());
      return true;
    }
    return addDropped(rows);
  }

  /** Returns the rows that nothing explains so far, as disjoint ranges, the lowest first. */
  List<Range> unexplained(int boot) {
    List<Range> holes = new ArrayList<>();
    received.eachGap(
        1,
        top(),
        (first, last) ->
            declared.eachGap(first, last, (from, to) -> addExpected(holes, boot, from, to)));
    return holes;
  }

  private void addExpected(List<Range> holes, int boot, long first, long last) {
    long from = Math.max(firstExpected, first);
    long to = Math.min(cutSeq - 1, last);
    if (from <= to) {
      holes.add(new Range(boot, from, to));
    }
  }

  /**
   * Returns the first row that may have been made after the last known one; empty if the rows from
   * there on are declared lost.
   */
  OptionalLong end() {
    long next = top() + 1;
    return next < cutSeq ? OptionalLong.of(next) : OptionalLong.empty();
  }

  private long top() {
    return Math.max(received.highest(), declared.highest());
  }

  /** Returns the account so far. */
  ReceivedAccount account(String box, int boot) {
    long top = top();
    long missing = received.sumOverGaps(1, top, (first, last) -> last - first + 1);
    long undeclared = received.sumOverGaps(1, top, (first, last) -> undeclared(first, last, 1));
    long unexplained =
        received.sumOverGaps(1, top, (first, last) -> undeclared(first, last, firstExpected));
    return new ReceivedAccount(
        box, boot, received.size(), duplicates, conflicts, missing - undeclared, unexplained);
  }

  /** Gives the ranges of row numbers back to the budget. */
  void close() {
    received.clear();
    declared.clear();
  }

  /** Returns the rows within first to last, from another row on, that no declaration covers. */
  private long undeclared(long first, long last, long from) {
    return declared.sumOverGaps(
        first, last, (a, b) -> Math.max(0, Math.min(cutSeq - 1, b) - Math.max(from, a) + 1));
  }
}
