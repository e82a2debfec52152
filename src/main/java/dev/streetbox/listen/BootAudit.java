package dev.streetbox.listen;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Seqs;

/** Accounts for the rows of one boot. Used by one thread. */
final class BootAudit {
  private final Seqs addReceived;
  private final Seqs declared;
  private long duplicates;
  private long conflicts;

  /** The first seq from which every row is expected. */
  private long firstExpected;

  /** The first seq from which a missing row is explained by a power cut. */
  private long cutSeq = Long.MAX_VALUE;

  /**
   * @param startedBefore whether the boot had begun before the audit; its rows are then expected
   *     from the first live one on, because earlier ones may have been delivered before
   */
  BootAudit(int boot, boolean startedBefore) {
    this.addReceived = new Seqs(boot);
    this.declared = new Seqs(boot);
    this.firstExpected = startedBefore ? Long.MAX_VALUE : 1;
  }

  /**
   * Adds a row that has arrived.
   *
   * @param same whether its content equals that of the first arrival, as far as that is kept
   * @return whether this is the first arrival
   */
  boolean addReceived(long seq, boolean live, boolean same) {
    if (live && firstExpected == Long.MAX_VALUE) {
      firstExpected = seq;
    }
    if (addReceived.contains(seq)) {
      duplicates++;
      conflicts += same ? 0 : 1;
      return false;
    }
    addReceived.add(seq, seq);
    return true;
  }

  /** Adds rows that the box declared lost during the boot itself. */
  void addDropped(Range rows) {
    declared.add(rows.first(), rows.last());
  }

  /** Adds rows that the box declared lost in a later boot. */
  void addLost(Range rows) {
    if (rows.last() == Long.MAX_VALUE) {
      cutSeq = Math.min(cutSeq, rows.first());
    } else {
      addDropped(rows);
    }
  }

  /** Returns the account so far. */
  Audit.ReceivedAccount account(String box, int boot) {
    long top = Math.max(addReceived.highest(), declared.highest());
    long missingDeclared = 0;
    long unexplained = 0;
    for (Range hole : addReceived.gaps(1, top)) {
      missingDeclared += hole.size();
      for (Range open : declared.gaps(hole.first(), hole.last())) {
        missingDeclared -= size(open.first(), Math.min(cutSeq - 1, open.last()));
        unexplained +=
            size(Math.max(firstExpected, open.first()), Math.min(cutSeq - 1, open.last()));
      }
    }
    return new Audit.ReceivedAccount(
        box, boot, addReceived.size(), duplicates, conflicts, missingDeclared, unexplained);
  }

  private static long size(long first, long last) {
    return Math.max(0, last - first + 1);
  }
}
