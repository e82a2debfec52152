package dev.streetbox.listen;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Seqs;

/** What is known of the rows of one boot. Used by one thread. */
final class BootAudit {
  private final Seqs received;
  private final Seqs declared;
  private long duplicates;
  private long conflicts;

  /** From here on every row is expected. */
  private long base;

  /** From here on no row is expected: a power cut took what did not come. */
  private long cutAt = Long.MAX_VALUE;

  /**
   * @param old whether the boot had begun before the audit: its rows are expected from the first
   *     live one on, since what came before may have been delivered before
   */
  BootAudit(int boot, boolean old) {
    this.received = new Seqs(boot);
    this.declared = new Seqs(boot);
    this.base = old ? Long.MAX_VALUE : 1;
  }

  /**
   * A row has come.
   *
   * @param same whether it says what it said before, as far as that is still known
   * @return whether it came for the first time
   */
  boolean received(long seq, boolean live, boolean same) {
    if (live && base == Long.MAX_VALUE) {
      base = seq;
    }
    if (received.contains(seq)) {
      duplicates++;
      conflicts += same ? 0 : 1;
      return false;
    }
    received.add(seq, seq);
    return true;
  }

  /** The box says, while it is in that boot, that these will not come. */
  void dropped(Range rows) {
    declared.add(rows.first(), rows.last());
  }

  /** The box says, in a later boot, that these will not come. */
  void lost(Range rows) {
    if (rows.last() == Long.MAX_VALUE) {
      cutAt = Math.min(cutAt, rows.first());
    } else {
      dropped(rows);
    }
  }

  Audit.ReceivedAccount account(String box, int boot) {
    long top = Math.max(received.highest(), declared.highest());
    long gone = 0; // Rows that did not come and were declared.
    long unexplained = 0;
    for (Range hole : received.gaps(1, top)) {
      gone += hole.size();
      for (Range open : declared.gaps(hole.first(), hole.last())) {
        gone -= size(open.first(), Math.min(cutAt - 1, open.last()));
        unexplained += size(Math.max(base, open.first()), Math.min(cutAt - 1, open.last()));
      }
    }
    return new Audit.ReceivedAccount(
        box, boot, received.size(), duplicates, conflicts, gone, unexplained);
  }

  private static long size(long first, long last) {
    return Math.max(0, last - first + 1);
  }
}
