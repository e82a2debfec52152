package dev.streetbox.outbox;

import java.util.List;
import java.util.NavigableMap;

/**
 * Holds the content of a store except its rows.
 *
 * @param ledgers the ledgers by boot
 * @param events the unacknowledged events, the oldest first
 */
record StoreContent(NavigableMap<Integer, Ledger> ledgers, List<Event> events) {}
