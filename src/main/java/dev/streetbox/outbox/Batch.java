package dev.streetbox.outbox;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Timeline;
import java.util.List;

/**
 * Holds rows of one boot that are ready to be sent.
 *
 * @param range the requested rows
 * @param rows the existing rows of the range, in order of seq; fewer than requested if the store
 *     was trimmed or damaged meanwhile, and then {@code drops} declares the others
 * @param timeline dates the rows
 * @param drops the boot's drops that the backend does not know yet; they count as declared once
 *     this batch is acknowledged
 */
public record Batch(Range range, List<Row> rows, Timeline timeline, List<Drop> drops) {
  /** Copies the lists. */
  public Batch {
    rows = List.copyOf(rows);
    drops = List.copyOf(drops);
  }
}
