package dev.streetbox.panel;

import dev.streetbox.bus.GpioInput;
import dev.streetbox.bus.GpioOutput;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the button and drives the lamp, on one thread: an edge wakes it, else the lamp's next
 * change, else a second. Missing hardware is a fault and no more.
 */
public final class Panel implements AutoCloseable {
  private static final String STUCK_PLACE = "button stuck";

  /** Nobody presses so long (ms). */
  private static final long STUCK_MS = 60_000;

  /** Takes the gestures, on the panel's thread. */
  @FunctionalInterface
  public interface PressListener {
    /**
     * Takes a gesture.
     *
     * @return whether the lamp is to show that something was noted
     */
    boolean onPress(PressRecognizer.Press press);
  }

  private final RetriedLine button;
  private final RetriedLamp output;
  private final PressRecognizer recognizer;
  private final Lamp lamp;
  private final PressListener listener;
  private final Time time;
  private final Faults faults;
  private Optional<Long> lowSinceMs = Optional.empty();

  /**
   * Opens nothing yet.
   *
   * @param button empty if the box has none
   * @param output the lamp's line; empty if the box has none
   */
  public Panel(
      Optional<GpioInput> button,
      Optional<GpioOutput> output,
      PressTimes times,
      Lamp lamp,
      PressListener listener,
      Time time,
      Faults faults) {
    this.button = new RetriedLine(button, "button", time, faults);
    this.output = new RetriedLamp(output, time, faults);
    this.recognizer = new PressRecognizer(times);
    this.lamp = lamp;
    this.listener = listener;
    this.time = time;
    this.faults = faults;
  }

  /**
   * Waits for an edge or the next change of the lamp, and applies it; a second at most.
   *
   * @return no rest, because the wait is part of the cycle
   * @throws InterruptedIOException if the thread was interrupted while it waited
   */
  public Duration cycle() throws InterruptedIOException {
    for (GpioInput.Edge edge : button.await(untilNext())) {
      long tickMs = time.tickMs() - edge.ageMs();
      lowSinceMs = edge.high() ? Optional.empty() : Optional.of(tickMs);
      recognizer.edge(tickMs, edge.high()).forEach(this::take);
    }
    long nowMs = time.tickMs();
    recognizer.elapse(nowMs).forEach(this::take);
    checkStuck(nowMs);
    output.set(lamp.show(nowMs, recognizer.isTouched() && !isStuck(nowMs)));
    return Duration.ZERO;
  }

  private Duration untilNext() {
    long nowMs = time.tickMs();
    long nextMs = RetriedLine.LONGEST_WAIT.toMillis();
    if (output.isSet()) {
      nextMs = Math.min(nextMs, lamp.untilChangeMs(nowMs));
    }
    OptionalLong pressMs = recognizer.nextTickMs();
    if (pressMs.isPresent()) {
      nextMs = Math.min(nextMs, pressMs.getAsLong() - nowMs);
    }
    return Duration.ofMillis(Math.max(0, nextMs));
  }

  private void take(PressRecognizer.Press press) {
    if (listener.onPress(press)) {
      lamp.note();
    }
  }

  private void checkStuck(long nowMs) {
    if (isStuck(nowMs)) {
      faults.raise(
          Subsystem.SENSOR,
          STUCK_PLACE,
          "it has been down for a minute, so presses are not seen: a wet or stuck switch, or a"
              + " wire to ground. Try: unplug the button",
          nowMs);
    } else {
      faults.clear(STUCK_PLACE);
    }
  }

  private boolean isStuck(long nowMs) {
    return lowSinceMs.filter(since -> nowMs - since >= STUCK_MS).isPresent();
  }

  /** Turns the lamp off and releases both lines, on the panel's thread. */
  @Override
  public void close() {
    output.close();
    button.close();
  }
}
