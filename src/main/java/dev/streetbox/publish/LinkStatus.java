package dev.streetbox.publish;

/**
 * What {@code status} shows of the broker's link.
 *
 * @param state {@code offline}, {@code connecting} or {@code online}
 * @param sinceMs since when, in ticks of the boot
 * @param broker its address
 * @param sentRows rows handed to the connection since the boot began, repetitions included
 * @param acknowledgedRows rows that the broker has taken since the boot began
 * @param acknowledgedBatches batches that it has taken
 * @param inFlightRows rows that are on their way
 * @param lastAnswerMs the tick of its last answer to a message; −1 if there was none yet
 * @param withoutSubscriber batches that it has taken with nobody subscribed: the backend may be
 *     missing them
 * @param losses connections lost since the boot began
 * @param lastTrouble the last reason why there was no connection or a refusal, or empty
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
    String lastTrouble) {}
