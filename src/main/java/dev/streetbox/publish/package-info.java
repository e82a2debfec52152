/**
 * Sends what the outbox holds to the broker: the state, events, live rows, backlog.
 *
 * <p>Input: rows, events and the broker's answers. Output: messages and acknowledged ranges. The
 * package does not depend on how rows are measured and stored, or on Paho.
 */
package dev.streetbox.publish;
