package dev.streetbox.bus;

import java.util.Optional;

/**
 * Turns a line's edges, as the kernel reports them, and its level, as read, into changes without a
 * repetition: the kernel reports no edge for the level at the start, and drops edges beyond 16 that
 * wait. Used by one thread.
 */
final class EdgeTimes {
  /** An edge that would be older than this was timed by another clock, as before Linux 5.7. */
  private static final long OLDEST_NS = 5_000_000_000L;

  private static final long NS_PER_MS = 1_000_000;

  private Optional<Boolean> high = Optional.empty();

  /** Discards the level, because the line was opened anew. */
  void restart() {
    high = Optional.empty();
  }

  /** Returns whether the level was read since the start. */
  boolean isStarted() {
    return high.isPresent();
  }

  /**
   * Takes an edge of the kernel.
   *
   * @param atNs the kernel's time of the edge, CLOCK_MONOTONIC in ns
   * @param nowNs the present, by the same clock
   * @return the change; empty if the level was this one already
   */
  Optional<GpioInput.Edge> edge(long atNs, long nowNs, boolean rising) {
    long ageNs = nowNs - atNs;
    return change(ageNs >= 0 && ageNs <= OLDEST_NS ? ageNs / NS_PER_MS : 0, rising);
  }

  /** Takes the present level; returns the change if no edge has reported it. */
  Optional<GpioInput.Edge> level(boolean now) {
    return change(0, now);
  }

  private Optional<GpioInput.Edge> change(long ageMs, boolean now) {
    if (high.isPresent() && high.get() == now) {
      return Optional.empty();
    }
    high = Optional.of(now);
    return Optional.of(new GpioInput.Edge(ageMs, now));
  }
}
