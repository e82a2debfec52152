package dev.streetbox.sample;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.Faults;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * The duty of one bus: starts and reads every sensor on it, so that the bus needs no lock and a
 * hung wire stalls no other bus. A part that hangs delays the others on its bus by its own read and
 * no more, for it then waits out its back-off.
 *
 * <p>Belongs to the bus's thread, except {@link #status()}.
 */
public final class Sampler implements AutoCloseable {
  private final List<SensorRunner> runners;
  private final Time time;

  /**
   * A sampler that has started nothing.
   *
   * @param bus the bus's name in faults, as {@code i2c-1}
   * @param sensors those on the bus, at least one
   * @param board where samples go
   * @param faults where faults are held and counted, at {@code bus/name}
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
  }

  /**
   * One round: every sensor that is due, the longest due first, is started or read once.
   *
   * @return how long nothing is due; zero if a sensor's read waits by itself
   * @throws InterruptedIOException if the thread was interrupted while a sensor waited
   */
  public Duration cycle() throws InterruptedIOException {
    long beginTickMs = time.tickMs();
    List<SensorRunner> due =
        runners.stream()
            .filter(runner -> runner.dueTickMs() <= beginTickMs)
            .sorted(Comparator.comparingLong(SensorRunner::dueTickMs))
            .toList();
    for (SensorRunner runner : due) {
      runner.run();
    }
    long nextTickMs = runners.stream().mapToLong(SensorRunner::dueTickMs).min().orElseThrow();
    return Duration.ofMillis(Math.max(0, nextTickMs - time.tickMs()));
  }

  /** How each sensor does, in the order given; any thread may ask. */
  public List<SensorStatus> status() {
    return runners.stream().map(SensorRunner::status).toList();
  }

  /** Closes every sensor that was started; the bus itself belongs to whoever opened it. */
  @Override
  public void close() {
    runners.forEach(SensorRunner::close);
  }
}
