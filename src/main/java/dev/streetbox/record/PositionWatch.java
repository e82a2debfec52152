package dev.streetbox.record;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.Sample;
import dev.streetbox.sample.Board;
import java.time.Duration;
import java.util.Optional;

/**
 * Watches the position of a box that is dark, once a second, until the box is outside the privacy
 * zones. Stores nothing. {@link #cycle} is called by one thread, everything else by any.
 */
public final class PositionWatch {
  private static final long NO_FIX_MS = Duration.ofMinutes(10).toMillis();

  private final Board board;
  private final Optional<Departure> departure;
  private final Time time;
  private long dueTickMs;
  private volatile long lastFixMs;
  private volatile boolean outside;

  /**
   * Starts in the dark.
   *
   * @param departure decides when the box is outside; empty if no place counts as outside
   */
  public PositionWatch(Board board, Optional<Departure> departure, Time time) {
    this.board = board;
    this.departure = departure;
    this.time = time;
    this.dueTickMs = time.tickMs();
    this.lastFixMs = time.tickMs();
  }

  /** Returns whether the box is outside every zone. */
  public boolean isOutside() {
    return outside;
  }

  /** Returns whether there was no fix for ten minutes, so that a ride may go unmeasured. */
  public boolean isWithoutFix() {
    return time.tickMs() - lastFixMs >= NO_FIX_MS;
  }

  /** Judges every second that is due; returns how long until the next one is due. */
  public Duration cycle() {
    long nowMs = time.tickMs();
    dueTickMs = Math.max(dueTickMs, nowMs - Recorder.LATEST_MS);
    while (!outside && dueTickMs + Recorder.WAIT.toMillis() <= nowMs) {
      judge(board.at(dueTickMs, Recorder.GRACE).sample());
      dueTickMs += Recorder.PERIOD_MS;
    }
    return Duration.ofMillis(Math.max(10, dueTickMs + Recorder.WAIT.toMillis() - nowMs));
  }

  private void judge(Sample second) {
    if (ZoneMask.hasPlace(second)) {
      lastFixMs = dueTickMs;
    }
    outside = departure.isPresent() && departure.get().isOutside(second);
  }
}
