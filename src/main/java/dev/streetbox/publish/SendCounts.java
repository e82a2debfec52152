package dev.streetbox.publish;

import dev.streetbox.mqtt.DeliveryOutcome;

/** Counts what was sent and what was acknowledged since the boot began. Used by one thread. */
final class SendCounts {
  private long sentRows;
  private long acknowledgedRows;
  private long acknowledgedBatches;
  private long withoutSubscriber;
  private long lastAnswerMs = -1;

  /** Counts rows that were sent. */
  void countSent(long rows) {
    sentRows += rows;
  }

  /** Notes the time of an answer to any message, in ticks of the boot (ms). */
  void countAnswer(long nowMs) {
    lastAnswerMs = nowMs;
  }

  /**
   * Counts a batch that the broker has acknowledged.
   *
   * @param rows the number of its rows
   * @param code the reason code of the PUBACK, below 0x80
   */
  void countAcknowledged(long rows, int code) {
    acknowledgedRows += rows;
    acknowledgedBatches++;
    if (code == DeliveryOutcome.NO_SUBSCRIBER) {
      withoutSubscriber++;
    }
  }

  /**
   * Returns what {@code status} shows.
   *
   * @param broker the broker's address
   * @param inFlightRows rows that are not answered yet
   */
  LinkStatus status(LinkState link, String broker, long inFlightRows) {
    return new LinkStatus(
        link.phase().key(),
        link.sinceMs(),
        broker,
        sentRows,
        acknowledgedRows,
        acknowledgedBatches,
        inFlightRows,
        lastAnswerMs,
        withoutSubscriber,
        link.losses(),
        link.lastCause());
  }
}
