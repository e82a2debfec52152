package dev.streetbox.outbox;

import java.util.List;
import java.util.NavigableMap;

/**
 * What a store has, except rows.
 *
 * @param ledgers by boot
 * @param events those that the broker does not have, the oldest first
 */
record StoreContent(NavigableMap<Integer, Ledger> ledgers, List<Event> events) {}
