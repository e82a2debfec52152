/**
 * Receives the messages of boxes on the backend's side: subscribes, parses, and accounts for every
 * row.
 *
 * <p>Input: messages. Output: rows that were not received before, and the account of each boot. The
 * package does not depend on the outbox or on {@code publish}.
 */
package dev.streetbox.listen;
