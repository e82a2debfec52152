package dev.streetbox.outbox;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Timeline;
import java.util.List;

/**
 * Rows of one boot, ready to be sent.
 *
 * @param range what was asked for
 * @param rows those of the range that exist, in order of seq: fewer than the range names where the
 *     store was trimmed or damaged meanwhile, and then {@code drops} says so
 * @param timeline what dates them
 * @param drops what the boot dropped and has not told the backend yet: told once this batch is
 *     acknowledged
 */
public record Batch(Range range, List<Row> rows, Timeline timeline, List<Drop> drops) {
  /** Copies the lists. */
  public Batch {
    rows = List.copyOf(rows);
    drops = List.copyOf(drops);
  }
}
