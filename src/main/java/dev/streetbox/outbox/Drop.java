package dev.streetbox.outbox;

import dev.streetbox.measure.Range;

/**
 * Rows that will never be sent.
 *
 * @param range which
 * @param reason why
 */
public record Drop(Range range, Reason reason) {}
