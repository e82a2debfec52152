package dev.streetbox.outbox;

import dev.streetbox.measure.Range;
import java.util.List;

/**
 * Describes what became of the rows of one boot within a range, as disjoint ranges, the lowest
 * first. A row that is in none of them was never made, as far as is known.
 *
 * @param last the highest known seq of the boot; 0 if it has no row
 * @param cut whether rows after the last one were perhaps made and lost, because the boot was cut
 *     off
 * @param acknowledged rows that the broker has; the store may have removed them
 * @param open rows without a fate, which are still to be sent
 * @param drops rows that will never be sent, in no order
 */
public record RangeAccount(
    long last, boolean cut, List<Range> acknowledged, List<Range> open, List<Drop> drops) {
  /** Copies the lists. */
  public RangeAccount {
    acknowledged = List.copyOf(acknowledged);
    open = List.copyOf(open);
    drops = List.copyOf(drops);
  }
}
