package dev.streetbox.panel;

import dev.streetbox.bus.Backoff;
import dev.streetbox.bus.GpioOutput;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Drives a GPIO output that may be missing, as {@link RetriedLine} reads an input. */
final class RetriedLamp implements AutoCloseable {
  private static final String PLACE = "lamp";

  private final Optional<GpioOutput> output;
  private final Time time;
  private final Faults faults;
  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));
  private Optional<Boolean> level = Optional.empty();
  private long openMs;

  RetriedLamp(Optional<GpioOutput> output, Time time, Faults faults) {
    this.output = output;
    this.time = time;
    this.faults = faults;
  }

  /** Sets the lamp if it is not so already; an error is a fault. */
  void set(boolean on) {
    boolean isAsWanted = level.filter(now -> now == on).isPresent();
    if (output.isEmpty() || isAsWanted || time.tickMs() < openMs) {
      return;
    }
    try {
      output.get().open();
      output.get().set(on);
      level = Optional.of(on);
      backoff.reset();
      faults.clear(PLACE);
    } catch (IOException e) {
      faults.raise(Subsystem.SENSOR, PLACE, String.valueOf(e.getMessage()), time.tickMs());
      output.get().close();
      level = Optional.empty();
      openMs = time.tickMs() + backoff.next().toMillis();
    }
  }

  /** Returns whether there is a lamp whose level was set, so that changes of it can be seen. */
  boolean isSet() {
    return level.isPresent();
  }

  @Override
  public void close() {
    output.ifPresent(GpioOutput::close);
  }
}
