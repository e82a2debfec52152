package dev.streetbox.panel;

import dev.streetbox.bus.GpioInput;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Faults;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Reports when a line has been at its alarm level for a while, once until it has been at the other
 * level for as long, and for a second at least. A line that is at its alarm level at the start is
 * reported too. Used by its own thread.
 */
public final class SwitchWatch implements AutoCloseable {
  /** Takes the alarm, on the thread of the watch. */
  @FunctionalInterface
  public interface AlarmListener {
    /**
     * Takes an alarm.
     *
     * @param tickMs when the line changed, in ms of the boot
     */
    void onAlarm(long tickMs);
  }

  /** The other level holds at least so long (ms) before the next alarm, because contacts bounce. */
  private static final long REARM_MS = 1_000;

  private final RetriedLine line;
  private final boolean alarmHigh;
  private final long settleMs;
  private final AlarmListener listener;
  private final Time time;
  private Optional<Boolean> high = Optional.empty();
  private long sinceMs;
  private boolean isAlarmed;

  /**
   * Opens nothing yet.
   *
   * @param place the place of the line's faults, as {@code lid}
   * @param alarmHigh the level that is reported
   * @param settle how long the level must hold, against bouncing and vibration
   */
  public SwitchWatch(
      GpioInput input,
      String place,
      boolean alarmHigh,
      Duration settle,
      AlarmListener listener,
      Time time,
      Faults faults) {
    this.line = new RetriedLine(Optional.of(input), place, time, faults);
    this.alarmHigh = alarmHigh;
    this.settleMs = settle.toMillis();
    this.listener = listener;
    this.time = time;
  }

  /**
   * Waits for an edge, or until the level has settled; a second at most.
   *
   * @return no rest, because the wait is part of the cycle
   * @throws InterruptedIOException if the thread was interrupted while it waited
   */
  public Duration cycle() throws InterruptedIOException {
    long untilSettledMs = sinceMs + settleMs - time.tickMs();
    Duration timeout =
        high.isPresent() && untilSettledMs > 0
            ? Duration.ofMillis(untilSettledMs)
            : RetriedLine.LONGEST_WAIT;
    for (GpioInput.Edge edge : line.await(timeout)) {
      long tickMs = time.tickMs() - edge.ageMs();
      settle(tickMs);
      high = Optional.of(edge.high());
      sinceMs = tickMs;
    }
    settle(time.tickMs());
    return Duration.ZERO;
  }

  private void settle(long nowMs) {
    if (high.isEmpty()) {
      return;
    }
    long heldMs = nowMs - sinceMs;
    if (high.get() != alarmHigh) {
      isAlarmed &= heldMs < Math.max(settleMs, REARM_MS);
    } else if (!isAlarmed && heldMs >= settleMs) {
      isAlarmed = true;
      listener.onAlarm(sinceMs);
    }
  }

  @Override
  public void close() {
    line.close();
  }
}
