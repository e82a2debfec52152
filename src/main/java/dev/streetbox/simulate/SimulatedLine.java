package dev.streetbox.simulate;

import dev.streetbox.bus.GpioInput;
import dev.streetbox.bus.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Simulates a GPIO input whose switch is operated by a scenario, by a test, or by a file. The
 * contacts bounce for some ms, as those of a real switch. {@link #await} is called by the line's
 * thread, the other methods by any.
 */
public final class SimulatedLine implements GpioInput {
  /** Longest bouncing of a contact (ms). */
  private static final int BOUNCE_MS = 8;

  /** Longest time (ms) between two bounces. */
  private static final int BOUNCE_STEP_MS = 3;

  private record Change(long tickMs, boolean high) {}

  private final Time time;
  private final SplittableRandom random;
  private final PressFile file;
  private final PriorityQueue<Change> plan =
      new PriorityQueue<>(Comparator.comparingLong(Change::tickMs));
  private boolean high;
  private boolean isOpen;
  private boolean known;

  /**
   * Makes a line.
   *
   * @param seed that the bouncing is drawn from
   * @param closed whether the switch is closed at first
   * @param file by which a person or test operates the switch
   */
  SimulatedLine(Time time, long seed, boolean closed, PressFile file) {
    this.high = !closed;
    this.time = time;
    this.random = new SplittableRandom(seed);
    this.file = file;
  }

  /**
   * Operates the switch; what lies before the present tick has no effect, because another boot of
   * this process has seen it.
   */
  public synchronized void operate(SwitchAction action, long tickMs) {
    if (tickMs < time.tickMs()) {
      return;
    }
    for (SwitchAction.Closed closed : action.closed()) {
      bounce(tickMs + closed.fromMs(), false);
      closed.toMs().ifPresent(toMs -> bounce(tickMs + toMs, true));
    }
    if (action == SwitchAction.OPEN) {
      bounce(tickMs, true);
    }
  }

  private void bounce(long tickMs, boolean to) {
    long atMs = tickMs;
    plan.add(new Change(atMs, to));
    while (true) {
      long backMs = atMs + random.nextInt(1, BOUNCE_STEP_MS + 1);
      atMs = backMs + random.nextInt(1, BOUNCE_STEP_MS + 1);
      if (atMs > tickMs + BOUNCE_MS) {
        return;
      }
      plan.add(new Change(backMs, !to));
      plan.add(new Change(atMs, to));
    }
  }

  @Override
  public synchronized void open() {
    known &= isOpen;
    isOpen = true;
  }

  @Override
  public List<Edge> await(Duration timeout) throws IOException {
    file.action().ifPresent(action -> operate(action, time.tickMs()));
    List<Edge> edges = due();
    if (!edges.isEmpty()) {
      return edges;
    }
    time.sleep(restUntilChange(timeout));
    return due();
  }

  private synchronized Duration restUntilChange(Duration timeout) {
    if (plan.isEmpty()) {
      return timeout;
    }
    Duration next = Duration.ofMillis(Math.max(0, plan.peek().tickMs() - time.tickMs()));
    return next.compareTo(timeout) < 0 ? next : timeout;
  }

  private synchronized List<Edge> due() {
    List<Edge> edges = new ArrayList<>();
    if (!known) {
      known = true;
      edges.add(new Edge(0, high));
    }
    long nowMs = time.tickMs();
    while (!plan.isEmpty() && plan.peek().tickMs() <= nowMs) {
      Change change = plan.remove();
      if (change.high() != high) {
        high = change.high();
        edges.add(new Edge(nowMs - change.tickMs(), high));
      }
    }
    return edges;
  }

  @Override
  public synchronized void close() {
    isOpen = false; // the switch stays as it is
  }
}
