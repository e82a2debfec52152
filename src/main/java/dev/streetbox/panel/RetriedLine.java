package dev.streetbox.panel;

import dev.streetbox.bus.Backoff;
import dev.streetbox.bus.GpioInput;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads a GPIO input that may be missing: an error is a fault, and the line is opened again after a
 * second, then ever more seldom. Used by one thread.
 */
final class RetriedLine implements AutoCloseable {
  /** Limits a wait, because a wait in the kernel is not interrupted when the thread is to end. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final Optional<GpioInput> input;
  private final String place;
  private final Time time;
  private final Faults faults;
  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));
  private long openMs;

  /**
   * Opens nothing yet.
   *
   * @param input the line; if there is none, no edge ever comes and none is missed
   * @param place the place of its faults
   */
  RetriedLine(Optional<GpioInput> input, String place, Time time, Faults faults) {
    this.input = input;
    this.place = place;
    this.time = time;
    this.faults = faults;
  }

  /**
   * Waits for edges, a second at most.
   *
   * @return the edges since the last call in order, each with its age
   * @throws InterruptedIOException if the thread was interrupted while it waited
   */
  List<GpioInput.Edge> await(Duration timeout) throws InterruptedIOException {
    Duration wait = timeout.compareTo(LONGEST_WAIT) < 0 ? timeout : LONGEST_WAIT;
    if (input.isEmpty() || time.tickMs() < openMs) {
      time.sleep(wait);
      return List.of();
    }
    try {
      input.get().open();
      List<GpioInput.Edge> edges = input.get().await(wait);
      backoff.reset();
      faults.clear(place);
      return edges;
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      faults.raise(Subsystem.SENSOR, place, String.valueOf(e.getMessage()), time.tickMs());
      input.get().close();
      openMs = time.tickMs() + backoff.next().toMillis();
      return List.of();
    }
  }

  @Override
  public void close() {
    input.ifPresent(GpioInput::close);
  }
}
