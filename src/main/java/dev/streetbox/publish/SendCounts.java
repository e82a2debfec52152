package dev.streetbox.publish;

import dev.streetbox.mqtt.DeliveryOutcome;

/** Counts what was sent and what the broker took, since the boot began. Used by one thread. */
final class SendCounts {
  private long sentRows;
  private long acknowledgedRows;
  private long acknowledgedBatches;
  private long withoutSubscriber;
  private long lastAnswerMs = -1;

  /** Rows were handed to the connection. */
  void sent(long rows) {
    sentRows += rows;
  }

  /** The broker has answered some message, at that tick of the boot. */
  void answered(long nowMs) {
    lastAnswerMs = nowMs;
  }

  /**
   * The broker has taken a batch.
   *
   * @param code the reason code of its PUBACK
   */
  void acknowledged(long rows, int code) {
    acknowledgedRows += rows;
    acknowledgedBatches++;
    if (code == DeliveryOutcome.NO_SUBSCRIBER) {
      withoutSubscriber++;
    }
  }

  /**
   * Returns what {@code status} shows.
   *
   * @param broker its address
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
        link.lastTrouble());
  }
}
