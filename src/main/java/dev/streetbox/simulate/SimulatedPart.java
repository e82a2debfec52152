package dev.streetbox.simulate;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Holds the state of a simulated part that tests and scenarios change while the program runs: its
 * plug and its faults; and the violations of its datasheet that its driver made. Plugged in and
 * without faults at first. Safe for all threads.
 */
public final class SimulatedPart {
  private static final long UNPLANNED = -1;

  private final Set<InjectedFault> faults = EnumSet.noneOf(InjectedFault.class);
  private final List<String> violations = new ArrayList<>();
  private boolean plugged = true;
  private int powerUps = 1;
  private Duration hang = Duration.ofSeconds(1);
  private final Deque<Scenario.Step> plan = new ArrayDeque<>();
  private LongSupplier tickMs = () -> 0;
  private long stepMs = UNPLANNED;
  private long poweredMs = UNPLANNED;

  /**
   * Schedules steps. A step that is due is applied before the part's state is next read.
   *
   * @param steps in the order of their ticks
   * @param now returns the current tick in ms
   */
  public synchronized void schedule(List<Scenario.Step> steps, LongSupplier now) {
    plan.addAll(steps);
    tickMs = now;
  }

  /** Plugs the part in, which powers it up. No effect if the part is plugged in already. */
  public synchronized void plug() {
    if (!plugged) {
      cyclePower();
    }
    plugged = true;
  }

  /** Unplugs the part, so that nothing answers at its place. */
  public synchronized void unplug() {
    plugged = false;
  }

  /**
   * Gives the part a fault until the fault is healed; a part can have several. {@link
   * InjectedFault#BROWN_OUT} takes effect once and is not kept.
   */
  public synchronized void fail(InjectedFault fault) {
    if (fault == InjectedFault.BROWN_OUT) {
      cyclePower();
    } else {
      faults.add(fault);
    }
  }

  /**
   * Gives the part {@link InjectedFault#BUS_HANG}: each transaction of its bus waits, then fails.
   */
  public synchronized void hang(Duration each) {
    hang = each;
    faults.add(InjectedFault.BUS_HANG);
  }

  /** Ends one fault. */
  public synchronized void heal(InjectedFault fault) {
    faults.remove(fault);
  }

  /** Ends every fault; an unplugged part stays unplugged. */
  public synchronized void heal() {
    faults.clear();
  }

  /**
   * Returns what the driver did against the part's datasheet, in order; empty for a right driver.
   */
  public synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  synchronized void recordViolation(String what) {
    violations.add(what);
  }

  synchronized boolean plugged() {
    applyDueSteps();
    return plugged;
  }

  synchronized boolean has(InjectedFault fault) {
    applyDueSteps();
    return faults.contains(fault);
  }

  /** Returns the count of power-ups, from 1; if it has grown, the chip must power up. */
  synchronized int powerUps() {
    applyDueSteps();
    return powerUps;
  }

  /**
   * Returns the tick of the last power-up in ms: the scheduled one, or else the tick of the first
   * call after the power-up.
   *
   * @param nowMs the current tick
   */
  synchronized long poweredMs(long nowMs) {
    if (poweredMs < 0) {
      poweredMs = nowMs;
    }
    return poweredMs;
  }

  /** Returns how long each transaction of a hung bus takes (a Pi's adapter times out after 1 s). */
  synchronized Duration hangDuration() {
    return hang;
  }

  private void cyclePower() {
    powerUps++;
    poweredMs = stepMs;
  }

  /**
   * Applies the due steps. A step is removed first, so that its own calls do not apply it again.
   */
  private void applyDueSteps() {
    while (!plan.isEmpty() && plan.peek().tickMs() <= tickMs.getAsLong()) {
      Scenario.Step step = plan.remove();
      stepMs = step.tickMs();
      step.applyTo(this);
      stepMs = UNPLANNED;
    }
  }
}
