package dev.streetbox.driver;

import dev.streetbox.bus.Time;
import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * Bounds what gpsd may cost: {@value #REPORTS} reports and {@value #BYTES} bytes a second. Used by
 * one thread.
 */
final class GpsdLimit {
  /** Two receivers of 5 Hz send as many; further reports of a second are skipped. */
  static final int REPORTS = 20;

  /** The rest of the second passes before more bytes are read. */
  static final int BYTES = 1_000_000;

  private static final long SECOND_MS = 1_000;

  private final Time time;
  private long second = Long.MIN_VALUE;
  private int reports;
  private int bytes;

  GpsdLimit(Time time) {
    this.time = time;
  }

  /** Counts a line; returns whether it is within the second's limit. */
  boolean acceptsReport() {
    enterSecond();
    reports++;
    return reports <= REPORTS;
  }

  /**
   * Counts received bytes, and waits for the next second if they are too many.
   *
   * @throws InterruptedIOException if the thread was interrupted while it waited
   */
  void received(int count) throws InterruptedIOException {
    enterSecond();
    bytes += count;
    if (bytes > BYTES) {
      time.sleep(Duration.ofMillis(SECOND_MS - Math.floorMod(time.tickMs(), SECOND_MS)));
    }
  }

  private void enterSecond() {
    long now = Math.floorDiv(time.tickMs(), SECOND_MS);
    if (now != second) {
      second = now;
      reports = 0;
      bytes = 0;
    }
  }
}
