package dev.streetbox.bus;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Simulates a clock that advances only by waits and by {@link #pass}, and records every wait. */
public final class ScriptedTime implements Time {
  private final Instant start;
  private final List<Duration> slept = new ArrayList<>();
  private long tickNanos;

  /** Starts at tick 0, at noon of a day in 2026. */
  public ScriptedTime() {
    this(Instant.parse("2026-11-23T12:00:00Z"));
  }

  /** Starts at tick 0, at that time of day. */
  public ScriptedTime(Instant start) {
    this.start = start;
  }

  @Override
  public long tickMs() {
    return tickNanos / 1_000_000;
  }

  @Override
  public Instant systemClock() {
    return start.plusNanos(tickNanos);
  }

  @Override
  public void sleep(Duration duration) {
    slept.add(duration);
    tickNanos += duration.toNanos();
  }

  /** Advances the clock without a wait. */
  public void pass(Duration duration) {
    tickNanos += duration.toNanos();
  }

  /** Returns every wait since the last call, in order. */
  public List<Duration> slept() {
    List<Duration> waits = List.copyOf(slept);
    slept.clear();
    return waits;
  }
}
