package dev.streetbox.record;

import dev.streetbox.measure.ClockReading;
import java.util.ArrayDeque;
import java.util.Deque;

/** Readings of one clock, as long as they agree with the monotonic one. Used by one thread. */
final class ClockAgreement {
  /** How many must agree before the clock says anything. */
  static final int AGREEING = 3;

  /** How far readings that follow each other may differ: a receiver is up to half a second late. */
  static final long TOLERANCE_MS = 1_000;

  /** So many are looked at; of these the one heard with the least delay counts. */
  private static final int RECENT = 5;

  /** Readings closer than this, by the clock's own word, are one: an epoch that was told twice. */
  static final long APART_MS = 500;

  /** After a silence of this length a clock begins anew. */
  private static final long SILENCE_MS = 10_000;

  private final Deque<ClockReading> recent = new ArrayDeque<>();
  private long sinceMs;

  /**
   * Goes on with a reading, or begins with it if it does not go with those before. A receiver's
   * epoch is told by several reports: the first of them, the least delayed, counts.
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

  /** The clock has said what makes no sense: nothing of it counts. */
  void clear() {
    recent.clear();
  }

  /** Whether the clock says something now, so far as is known at that tick. */
  boolean speaks(long tickMs) {
    return recent.size() >= AGREEING && tickMs - recent.getLast().tickMs() <= SILENCE_MS;
  }

  /** For how long it has said the same, in ms. */
  long heldMs() {
    return recent.getLast().tickMs() - sinceMs;
  }

  /** What it says at its latest tick, by the reading with the least delay: the greatest offset. */
  ClockReading latest() {
    long offsetMs = recent.stream().mapToLong(ClockReading::offsetMs).max().orElseThrow();
    return recent.getLast().withOffsetMs(offsetMs);
  }
}
