/**
 * Sends what the outbox has to the broker: the state, events, live rows, backlog.
 *
 * <p>Rows, events and the broker's answers enter; messages and acknowledged ranges leave. It must
 * not know how rows are measured, how they lie on the disk, and how bytes reach the broker.
 */
package dev.streetbox.publish;
