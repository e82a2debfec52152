package dev.streetbox.outbox;

import dev.streetbox.measure.Row;
import java.util.List;

/**
 * What one transaction of the store makes durable.
 *
 * @param rows new rows of the running boot
 * @param ledgers what changed in ledgers
 * @param events new events
 * @param sent events that the broker has
 */
record Commit(List<Row> rows, List<LedgerChanges> ledgers, List<Event> events, List<Event> sent) {
  /** Whether there is nothing to do. */
  boolean isEmpty() {
    return rows.isEmpty() && ledgers.isEmpty() && events.isEmpty() && sent.isEmpty();
  }
}
