package dev.streetbox.listen;

import dev.streetbox.measure.Range;

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

  /** Returns the account so far. */
  ReceivedAccount account(String box, int boot) {
    long top = Math.max(received.highest(), declared.highest());
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
