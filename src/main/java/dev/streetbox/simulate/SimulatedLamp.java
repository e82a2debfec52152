package dev.streetbox.simulate;

import dev.streetbox.bus.GpioOutput;

/** Simulates a GPIO output and keeps its level. Safe for every thread. */
public final class SimulatedLamp implements GpioOutput {
  private volatile boolean high;
  private volatile long changes;

  @Override
  public void open() {
    // The line is low at first, and close leaves it low.
  }

  @Override
  public synchronized void set(boolean now) {
    if (high != now) {
      changes++;
    }
    high = now;
  }

  @Override
  public void close() {
    high = false;
  }

  /** Returns how often the level has changed. */
  public long changes() {
    return changes;
  }
}
