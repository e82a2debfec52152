package dev.streetbox.mqtt;

import dev.streetbox.bus.Time;

/**
 * Times the PUBACKs of one connection, to find a broker that was quick and is silent now: for four
 * times as long as its answers took. The broker's name is then looked up again, and nothing else
 * follows from the silence, so that a slow answer costs a lookup and not the connection. Used by
 * one thread.
 */
final class OverdueAnswers {
  /** A PUBACK within this time (ms) is quick. */
  private static final long QUICK_MS = 2000;

  /** Limits the time without a PUBACK, in ms, after which a quick broker counts as silent. */
  private static final long LEAST_SILENT_MS = 500;

  private static final long MOST_SILENT_MS = 2000;

  /** That time as a multiple of the time that answers took (compare RFC 6298). */
  private static final int SILENT_FACTOR = 4;

  private final Time time;
  private int unanswered;
  private long sinceMs;
  private boolean wasQuick;

  /** The time that answers took lately, in ms; falls by an eighth with each quicker answer. */
  private long usualMs;

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
    long tookMs = time.tickMs() - sinceMs;
    wasQuick = tookMs <= QUICK_MS;
    usualMs = Math.max(tookMs, usualMs * 7 / 8);
    unanswered--;
    sinceMs = time.tickMs();
  }

  /** Returns whether an answer is missing. */
  boolean isMissing() {
    return unanswered > 0;
  }

  /** Returns whether the last answer was quick and the next is missing, for 0.5 to 2 s. */
  boolean isSilent() {
    long limitMs = Math.min(MOST_SILENT_MS, Math.max(LEAST_SILENT_MS, SILENT_FACTOR * usualMs));
    return wasQuick && unanswered > 0 && time.tickMs() - sinceMs >= limitMs;
  }
}
