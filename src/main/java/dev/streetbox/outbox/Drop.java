package dev.streetbox.outbox;

import dev.streetbox.measure.Range;

/**
 * Names rows that will never be sent, and why.
 *
 * @param range the rows
 * @param reason the reason
 */
public record Drop(Range range, Reason reason) {}
