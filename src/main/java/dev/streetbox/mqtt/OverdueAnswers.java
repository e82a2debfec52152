package dev.streetbox.mqtt;

import dev.streetbox.bus.Time;

/**
 * Times the PUBACKs of one connection, to find a broker that was quick and is silent now. Used by
 * one thread.
 */
final class OverdueAnswers {
  /** A PUBACK within this time (ms) is quick. */
  private static final long QUICK_MS = 2000;

  /** The time without a PUBACK, in ms, after which a quick broker counts as silent. */
  private static final long SILENT_MS = 2000;

  private final Time time;
  private int unanswered;
  private long sinceMs;
  private boolean wasQuick;

  /**
   * @param time real time
   */
  OverdueAnswers(Time time) {
    this.time = time;
  }

  /** Notes that a message was sent. */
  void onPublished() {
    if (unanswered++ == 0) {
      sinceMs = time.tickMs();
    }
  }

  /** Notes the answer to a message. */
  void onAnswered() {
    wasQuick = time.tickMs() - sinceMs <= QUICK_MS;
    unanswered--;
    sinceMs = time.tickMs();
  }

  /** Returns whether the last answer was quick and the next is missing for 2 s. */
  boolean isSilent() {
    return wasQuick && unanswered > 0 && time.tickMs() - sinceMs >= SILENT_MS;
  }
}
