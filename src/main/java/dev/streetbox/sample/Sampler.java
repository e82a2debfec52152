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
  private final List<Slot> slots;
  private final Station station;

  /**
   * A sampler that has started nothing.
   *
   * @param bus the bus's name in faults, as {@code i2c-1}
   * @param slots the sensors on the bus, at least one
   * @param board where samples go
   * @param faults where troubles go, at {@code bus/name}
   * @throws IllegalArgumentException if there is no slot
   */
  public Sampler(String bus, List<Slot> slots, Board board, Faults faults, Time time) {
    if (slots.isEmpty()) {
      throw new IllegalArgumentException("bus " + bus + " has no sensors");
    }
    this.slots = List.copyOf(slots);
    this.station = new Station(bus, board, faults, time);
  }

  /**
   * One round: every sensor that is due, the longest due first, is started or read once.
   *
   * @return how long nothing is due; zero if a sensor's read waits by itself
   * @throws InterruptedIOException if the thread was interrupted while a sensor waited
   */
  public Duration cycle() throws InterruptedIOException {
    long beginTickMs = station.time().tickMs();
    List<Slot> due =
        slots.stream()
            .filter(slot -> slot.dueTickMs() <= beginTickMs)
            .sorted(Comparator.comparingLong(Slot::dueTickMs))
            .toList();
    for (Slot slot : due) {
      slot.run(station);
    }
    long nextTickMs = slots.stream().mapToLong(Slot::dueTickMs).min().orElseThrow();
    return Duration.ofMillis(Math.max(0, nextTickMs - station.time().tickMs()));
  }

  /** How each sensor does, in the order given; any thread may ask. */
  public List<SensorStatus> status() {
    return slots.stream().map(Slot::status).toList();
  }

  /** Closes every sensor that was started; the bus itself belongs to whoever opened it. */
  @Override
  public void close() {
    slots.forEach(Slot::close);
  }
}
