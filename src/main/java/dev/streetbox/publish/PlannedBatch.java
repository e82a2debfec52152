package dev.streetbox.publish;

import dev.streetbox.measure.Range;

/**
 * Says which rows are to be sent together.
 *
 * @param lane on which lane
 * @param rows which
 */
record PlannedBatch(Lane lane, Range rows) {
  /** Returns half of the rows, at least one: the newer half on the live lane, else the older. */
  PlannedBatch halved() {
    long middle = rows.first() + rows.size() / 2;
    return new PlannedBatch(
        lane,
        lane == Lane.LIVE
            ? new Range(rows.boot(), middle, rows.last())
            : new Range(rows.boot(), rows.first(), middle - 1));
  }
}
