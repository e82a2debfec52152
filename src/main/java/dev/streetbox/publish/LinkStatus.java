package dev.streetbox.publish;

/**
 * Holds what {@code status} shows of the link to the broker. Counts begin with the boot.
 *
 * @param state {@code offline}, {@code connecting} or {@code online}
 * @param sinceMs when the connection was made, or without one when the broker last answered, in
 *     ticks of the boot (ms); 0 if it never did
 * @param broker the broker's address
 * @param sentRows rows sent, repetitions included
 * @param acknowledgedRows rows that the broker has acknowledged with a code below 0x80
 * @param acknowledgedBatches batches acknowledged likewise
 * @param inFlightRows rows sent and not answered yet
 * @param lastAnswerMs the tick of the last PUBACK (ms); −1 if there was none
 * @param withoutSubscriber batches acknowledged with 0x10 (no matching subscribers), which the
 *     backend may not have received
 * @param losses connections lost
 * @param lastCause why the last connection was lost or not made; empty if none was
 */
public record LinkStatus(
    String state,
    long sinceMs,
    String broker,
    long sentRows,
    long acknowledgedRows,
    long acknowledgedBatches,
    long inFlightRows,
    long lastAnswerMs,
    long withoutSubscriber,
    long losses,
    String lastCause) {}
