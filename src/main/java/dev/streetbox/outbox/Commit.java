package dev.streetbox.outbox;

import dev.streetbox.measure.Row;
import java.util.List;

/**
 * Lists what one transaction of the store makes durable.
 *
 * @param rows new rows of the running boot
 * @param ledgers changes of ledgers
 * @param events new events
 * @param sent stored events that the broker has acknowledged
 */
record Commit(List<Row> rows, List<LedgerChanges> ledgers, List<Event> events, List<Event> sent) {
  /** Returns whether there is nothing to commit. */
  boolean isEmpty() {
    return rows.isEmpty() && ledgers.isEmpty() && events.isEmpty() && sent.isEmpty();
  }
}
