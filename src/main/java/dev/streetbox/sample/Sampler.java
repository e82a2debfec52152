package dev.streetbox.sample;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.Faults;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Starts and reads every sensor of one bus: the duty of the bus's thread, so that the bus needs no
 * lock and a hung bus delays no other. A part that hangs delays the others on its bus by one read,
 * because the next attempt follows only after the back-off.
 *
 * <p>Used by the bus's thread, except {@link #status()}.
 */
public final class Sampler implements AutoCloseable {
  private static final Comparator<SensorRunner> LONGEST_DUE_FIRST =
      Comparator.comparingLong(SensorRunner::dueTickMs);

  private final List<SensorRunner> runners;

  /** The runners of sensors that are read more than once a second. */
  private final List<SensorRunner> fastRunners;

  /** The sensors that are due in the present cycle. */
  private final List<SensorRunner> due = new ArrayList<>();

  private final Time time;

  /**
   * Makes the sampler; starts no sensor.
   *
   * @param bus the bus's name in faults, as {@code i2c-1}
   * @param sensors the sensors on the bus, at least one
   * @param board takes the samples
   * @param faults holds and counts the faults, at {@code bus/name}
   * @throws IllegalArgumentException if there is no sensor
   */
  public Sampler(String bus, List<SampledSensor> sensors, Board board, Faults faults, Time time) {
    if (sensors.isEmpty()) {
      throw new IllegalArgumentException("bus " + bus + " has no sensors");
    }
    this.time = time;
    this.runners =
        sensors.stream()
            .map(sampled -> new SensorRunner(sampled, bus, board, faults, time))
            .toList();
    this.fastRunners = runners.stream().filter(SensorRunner::isWithinSeconds).toList();
  }

  /**
   * Starts or reads every sensor that is due, the longest due first, and between two of them each
   * sensor that is read more than once a second.
   *
   * @return the time until the next sensor is due; zero if a sensor's read waits by itself
   * @throws InterruptedIOException if the thread was interrupted while a sensor waited
   */
  public Duration cycle() throws InterruptedIOException {
    long beginTickMs = time.tickMs();
    due.clear();
    for (SensorRunner runner : runners) {
      if (runner.dueTickMs() <= beginTickMs) {
        due.add(runner);
      }
    }
    if (due.size() > 1) {
      due.sort(LONGEST_DUE_FIRST);
    }
    for (SensorRunner runner : due) {
      runIfDue(runner);
      // Between two reads, since a part that hangs and the parts after it can hold the bus for
      // longer than a second, in which a part of many readings a second must have one.
      for (SensorRunner fast : fastRunners) {
        runIfDue(fast);
      }
    }
    long nextTickMs = Long.MAX_VALUE;
    for (SensorRunner runner : runners) {
      nextTickMs = Math.min(nextTickMs, runner.dueTickMs());
    }
    return Duration.ofMillis(Math.max(0, nextTickMs - time.tickMs()));
  }

  private void runIfDue(SensorRunner runner) throws InterruptedIOException {
    if (runner.dueTickMs() <= time.tickMs()) {
      runner.run();
    }
  }

  /** Returns the state of each sensor, in the order given; callable by any thread. */
  public List<SensorStatus> status() {
    return runners.stream().map(SensorRunner::status).toList();
  }

  /** Closes every sensor that was started; the bus itself is released by the caller who made it. */
  @Override
  public void close() {
    runners.forEach(SensorRunner::close);
  }
}
