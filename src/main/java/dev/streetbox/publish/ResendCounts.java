package dev.streetbox.publish;

/**
 * Counts the rows that were sent once more on request. No other counter has these rows.
 *
 * @param requested rows that requests have added since the boot began
 * @param sent rows of requests that the broker has acknowledged once more since the boot began
 * @param left rows that wait, also those of requests of earlier boots
 */
public record ResendCounts(long requested, long sent, long left) {}
