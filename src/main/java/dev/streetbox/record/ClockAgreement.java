package dev.streetbox.record;

import dev.streetbox.measure.ClockReading;
import java.util.ArrayDeque;
import java.util.Deque;

/** Keeps the readings of one clock that agree with the monotonic clock. Used by one thread. */
final class ClockAgreement {
  /** Readings that must agree before the clock counts. */
  static final int AGREEING = 3;

  /** Greatest difference between readings (ms): a receiver's report is up to 500 ms late. */
  static final long TOLERANCE_MS = 1_000;

  /** Readings kept; of these the one that arrived with the least delay counts. */
  private static final int RECENT = 5;

  /** Readings whose times are closer than this (ms) are of one epoch, reported twice. */
  static final long APART_MS = 500;

  /** After so long without a reading (ms), earlier readings no longer count. */
  private static final long SILENCE_MS = 10_000;

  private final Deque<ClockReading> recent = new ArrayDeque<>();
  private long sinceMs;

  /**
   * Adds a reading; earlier readings that it does not agree with are dropped. Of several reports of
   * one receiver epoch the first counts, because it is the least delayed.
   */
  void add(ClockReading reading) {
    if (!recent.isEmpty() && Math.abs(reading.utcMs() - recent.getLast().utcMs()) < APART_MS) {
      return;
    }
    if (recent.isEmpty()
        || reading.tickMs() - recent.getLast().tickMs() > SILENCE_MS
        || recent.stream().anyMatch(other -> !agree(other, reading))) {
      recent.clear();
      sinceMs = reading.tickMs();
    }
    recent.addLast(reading);
    if (recent.size() > RECENT) {
      recent.removeFirst();
    }
  }

  private static boolean agree(ClockReading one, ClockReading other) {
    return Math.abs(one.offsetMs() - other.offsetMs()) <= TOLERANCE_MS;
  }

  /** Drops all readings, because the clock said an impossible time. */
  void clear() {
    recent.clear();
  }

  /** Returns whether enough readings agree and the newest is recent at that tick (ms). */
  boolean isCurrent(long tickMs) {
    return recent.size() >= AGREEING && tickMs - recent.getLast().tickMs() <= SILENCE_MS;
  }

  /** Returns for how long (ms) all readings have agreed. */
  long heldMs() {
    return recent.getLast().tickMs() - sinceMs;
  }

  /** Returns the newest reading, corrected by the least delay, which has the greatest offset. */
  ClockReading latest() {
    long offsetMs = recent.stream().mapToLong(ClockReading::offsetMs).max().orElseThrow();
    return recent.getLast().withOffsetMs(offsetMs);
  }
}
