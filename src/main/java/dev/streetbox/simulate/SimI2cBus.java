package dev.streetbox.simulate;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The wires of one I2C bus and the chips on it; they outlive the Pi4J contexts that use them. Chips
 * are attached by any thread, transactions come from the bus's thread.
 */
final class SimI2cBus {
  private final Time time;
  private final Map<Integer, Place> places = new ConcurrentHashMap<>();

  /** Wires without any part. */
  SimI2cBus(Time time) {
    this.time = time;
  }

  /**
   * Solders a chip to the bus.
   *
   * @param poweredFor how long it has had power
   * @throws IllegalArgumentException if the address is taken
   */
  void attach(int address, SimulatedPart simulatedPart, Chip chip, Duration poweredFor) {
    Place place = new Place(simulatedPart, chip);
    if (places.putIfAbsent(address, place) != null) {
      throw new IllegalArgumentException(
          String.format("two simulated parts at I2C address 0x%02x", address));
    }
    place.supply(time.tickMs() - poweredFor.toMillis());
  }

  /**
   * Lets another part disturb the bus from that address too, as the first part there does; plug and
   * power of the chip stay those of the first.
   */
  void share(int address, SimulatedPart simulatedPart) {
    places.get(address).others.add(simulatedPart);
  }

  /** Returns the chip at an address, if there is one. */
  Optional<Chip> chip(int address) {
    return Optional.ofNullable(places.get(address)).map(place -> place.chip);
  }

  /** One write transaction. */
  void write(int address, byte[] bytes) throws IOException {
    reach(address).chip.write(bytes);
  }

  /** One read transaction of exactly that many bytes. */
  byte[] read(int address, int count) throws IOException {
    Place place = reach(address);
    byte[] given = place.chip.read(count);
    byte[] bytes = Arrays.copyOf(given, count);
    Arrays.fill(bytes, Math.min(given.length, count), count, (byte) 0xff);
    if (place.failing(InjectedFault.ALL_ZEROS).isPresent()) {
      Arrays.fill(bytes, (byte) 0x00);
    }
    if (place.failing(InjectedFault.ALL_ONES).isPresent()) {
      Arrays.fill(bytes, (byte) 0xff);
    }
    return bytes;
  }

  private Place reach(int address) throws IOException {
    for (Place place : places.values()) {
      hang(place.failing(InjectedFault.BUS_HANG));
    }
    Place place = places.get(address);
    if (place == null || !place.simulatedPart.plugged()) {
      throw Chip.nack();
    }
    hang(place.failing(InjectedFault.NO_ANSWER));
    place.supply(time.tickMs());
    return place;
  }

  private void hang(Optional<SimulatedPart> part) throws IOException {
    if (part.isPresent()) {
      time.sleep(part.get().hangTime());
      throw new IOException("Connection timed out");
    }
  }

  private static final class Place {
    private final SimulatedPart simulatedPart;
    private final Chip chip;
    private final List<SimulatedPart> others = new CopyOnWriteArrayList<>();
    private int powerUps;

    private Place(SimulatedPart simulatedPart, Chip chip) {
      this.simulatedPart = simulatedPart;
      this.chip = chip;
    }

    /** The plugged part here that fails in that way, if there is one. */
    private Optional<SimulatedPart> failing(InjectedFault fault) {
      return Stream.concat(Stream.of(simulatedPart), others.stream())
          .filter(SimulatedPart::plugged)
          .filter(each -> each.has(fault))
          .findFirst();
    }

    private void supply(long nowMs) {
      if (powerUps != simulatedPart.powerUps()) {
        powerUps = simulatedPart.powerUps();
        chip.powerUp(simulatedPart.poweredMs(nowMs));
      }
    }
  }
}
