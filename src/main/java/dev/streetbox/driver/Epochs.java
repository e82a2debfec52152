package dev.streetbox.driver;

import java.util.OptionalLong;

/**
 * Computes the tick of a receiver's epoch from the epoch's time and the tick at which its report
 * arrived. The delay of receiver, line and gpsd varies; the least delay seen is used for all
 * reports, so that the remaining error is constant (30 to 600 ms, depending on the receiver) and a
 * slow report does not move its epoch to another second. The receiver's time need not be true; it
 * must only run at the rate of the ticks. Used by one thread.
 */
final class Epochs {
  /** Rise of the least delay with each report, so that it follows the drift between two clocks. */
  private static final long DECAY_MS_PER_REPORT = 1;

  /** Change of the delay beyond which the receiver's clock was set, or a log is replayed. */
  private static final long JUMP_MS = 1_000;

  /** Rise of the delay from which on a leap second is assumed: less than 1 s minus the jitter. */
  private static final long LEAP_MS = 700;

  /** Reports in a row with a delay of over {@link #LEAP_MS} that show a correction by a second. */
  private static final int LATE_REPORTS = 10;

  private OptionalLong leastDelayMs = OptionalLong.empty();
  private int lateReports;

  /**
   * Returns the tick of a report's epoch.
   *
   * @param utcMs the time of the epoch, ms since 1970
   * @param arrivedMs the tick at which the report arrived, not before the last one
   * @return the tick of the epoch, at most {@value #JUMP_MS} ms before {@code arrivedMs}
   */
  long tickMs(long utcMs, long arrivedMs) {
    long delayMs = arrivedMs - utcMs;
    long knownMs = leastDelayMs.orElse(delayMs);
    boolean jumped =
        Math.abs(delayMs - knownMs) > JUMP_MS || isOneSecondLater(utcMs, delayMs, knownMs);
    long leastNowMs = jumped ? delayMs : Math.min(delayMs, knownMs + DECAY_MS_PER_REPORT);
    leastDelayMs = OptionalLong.of(leastNowMs);
    return Math.max(arrivedMs - JUMP_MS, Math.min(arrivedMs, utcMs + leastNowMs));
  }

  /**
   * Returns whether the receiver's time was put back by one second: at once where UTC may have a
   * leap second, else after ten late reports in a row, since one report may be late by itself.
   */
  private boolean isOneSecondLater(long utcMs, long delayMs, long knownMs) {
    if (delayMs - knownMs < LEAP_MS) {
      lateReports = 0;
      return false;
    }
    lateReports++;
    if (lateReports < LATE_REPORTS && !LeapSecond.isPossibleAt(utcMs)) {
      return false;
    }
    lateReports = 0;
    return true;
  }
}
