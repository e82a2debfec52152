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
 * A simulated part as a hand reaches it while the program runs: its plug, its troubles, and what
 * was done to it that would harm a real one. Plugged in and healthy at first. Safe for all threads.
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
   * Does each of these steps when its tick has come: it is done before anybody looks at the part.
   *
   * @param steps in the order of their ticks
   * @param now the tick of now
   */
  public synchronized void schedule(List<Scenario.Step> steps, LongSupplier now) {
    plan.addAll(steps);
    tickMs = now;
  }

  /** Plugs the part in: it starts as after power-up. Nothing happens if it is in. */
  public synchronized void plug() {
    if (!plugged) {
      cyclePower();
    }
    plugged = true;
  }

  /** Pulls the part out: nobody answers at its place. */
  public synchronized void unplug() {
    plugged = false;
  }

  /** Lets the part fail in that way until it is healed; failures add up. */
  public synchronized void fail(InjectedFault fault) {
    if (fault == InjectedFault.BROWN_OUT) {
      cyclePower();
    } else {
      faults.add(fault);
    }
  }

  /** Lets the part hang its bus: each transaction waits that long and then fails. */
  public synchronized void hang(Duration each) {
    hang = each;
    faults.add(InjectedFault.BUS_HANG);
  }

  /** Ends one failure. */
  public synchronized void heal(InjectedFault fault) {
    faults.remove(fault);
  }

  /** Ends every failure; a part that was pulled out stays out. */
  public synchronized void heal() {
    faults.clear();
  }

  /** What was done to the part against its datasheet, in order; empty for a good driver. */
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

  /** How often power came, from 1; a chip that sees it grow starts anew. */
  synchronized int powerUps() {
    applyDueSteps();
    return powerUps;
  }

  /**
   * When power last came, in ms: the planned tick, or else the first time that somebody looked.
   *
   * @param nowMs the tick of now
   */
  synchronized long poweredMs(long nowMs) {
    if (poweredMs < 0) {
      poweredMs = nowMs;
    }
    return poweredMs;
  }

  /** How long each transaction of a hung bus takes (a Pi's adapter gives up after 1 s). */
  synchronized Duration hangDuration() {
    return hang;
  }

  private void cyclePower() {
    powerUps++;
    poweredMs = stepMs;
  }

  /** A step's own calls find the plan without it. */
  private void applyDueSteps() {
    while (!plan.isEmpty() && plan.peek().tickMs() <= tickMs.getAsLong()) {
      Scenario.Step step = plan.remove();
      stepMs = step.tickMs();
      step.applyTo(this);
      stepMs = UNPLANNED;
    }
  }
}
