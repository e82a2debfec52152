/**
 * Receives what boxes send, on the backend's side: subscribes, parses, and accounts for every row.
 *
 * <p>Messages enter; rows that were not received before, and the account of each boot, leave. It
 * must not know the outbox and how boxes publish.
 */
package dev.streetbox.listen;
