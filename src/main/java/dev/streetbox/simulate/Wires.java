package dev.streetbox.simulate;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The wires of one I2C bus and the chips on it; they outlive the Pi4J contexts that use them. Chips
 * are attached by any thread, transactions come from the bus's thread.
 */
final class Wires {
  private final Time time;
  private final Map<Integer, Place> places = new ConcurrentHashMap<>();

  /** Wires without any part. */
  Wires(Time time) {
    this.time = time;
  }

  /**
   * Solders a chip to the bus.
   *
   * @param poweredFor how long it has had power
   * @throws IllegalArgumentException if the address is taken
   */
  void attach(int address, Part part, Chip chip, Duration poweredFor) {
    Place place = new Place(part, chip);
    if (places.putIfAbsent(address, place) != null) {
      throw new IllegalArgumentException(
          String.format("two simulated parts at I2C address 0x%02x", address));
    }
    place.supply(time.tickMs() - poweredFor.toMillis());
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
    if (place.part.has(Failure.ALL_ZEROS)) {
      Arrays.fill(bytes, (byte) 0x00);
    }
    if (place.part.has(Failure.ALL_ONES)) {
      Arrays.fill(bytes, (byte) 0xff);
    }
    return bytes;
  }

  private Place reach(int address) throws IOException {
    for (Place place : places.values()) {
      if (place.part.plugged() && place.part.has(Failure.BUS_HANG)) {
        time.sleep(place.part.hangTime());
        throw new IOException("Connection timed out");
      }
    }
    Place place = places.get(address);
    if (place == null || !place.part.plugged()) {
      throw Chip.nack();
    }
    if (place.part.has(Failure.NO_ANSWER)) {
      time.sleep(place.part.hangTime());
      throw new IOException("Connection timed out");
    }
    place.supply(time.tickMs());
    return place;
  }

  private static final class Place {
    private final Part part;
    private final Chip chip;
    private int powerUps;

    private Place(Part part, Chip chip) {
      this.part = part;
      this.chip = chip;
    }

    private void supply(long nowMs) {
      if (powerUps != part.powerUps()) {
        powerUps = part.powerUps();
        chip.powerUp(part.poweredMs(nowMs));
      }
    }
  }
}
