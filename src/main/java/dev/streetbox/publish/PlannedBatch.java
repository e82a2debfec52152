package dev.streetbox.publish;

import dev.streetbox.measure.Range;

/**
 * Names the rows of one batch to send.
 *
 * @param lane the lane to send them on
 * @param rows the rows
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
