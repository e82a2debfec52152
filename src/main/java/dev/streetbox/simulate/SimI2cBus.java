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
 * Simulates one I2C bus with the chips on it. The bus and its chips outlive the Pi4J contexts that
 * use them. Chips are attached by any thread; transactions come from the bus's thread.
 */
final class SimI2cBus {
  private final Time time;
  private final Map<Integer, AttachedChip> attached = new ConcurrentHashMap<>();

  /** Makes a bus without any part. */
  SimI2cBus(Time time) {
    this.time = time;
  }

  /**
   * Attaches a chip at an address.
   *
   * @param poweredFor how long the chip has had power
   * @throws IllegalArgumentException if the address is taken
   */
  void attach(int address, SimulatedPart simulatedPart, Chip chip, Duration poweredFor) {
    AttachedChip target = new AttachedChip(simulatedPart, chip);
    if (attached.putIfAbsent(address, target) != null) {
      throw new IllegalArgumentException(
          String.format("two simulated parts at I2C address 0x%02x", address));
    }
    target.supply(time.tickMs() - poweredFor.toMillis());
  }

  /**
   * Adds another part at the chip of that address: faults of that part disturb the bus too. The
   * chip is plugged in and powered as the first part there is.
   */
  void share(int address, SimulatedPart simulatedPart) {
    attached.get(address).sharing.add(simulatedPart);
  }

  /** Returns the chip at an address, if there is one. */
  Optional<Chip> chip(int address) {
    return Optional.ofNullable(attached.get(address)).map(target -> target.chip);
  }

  /**
   * Makes one write transaction.
   *
   * @throws IOException if the address does not acknowledge, or the bus hangs
   */
  void write(int address, byte[] bytes) throws IOException {
    select(address).chip.write(bytes);
  }

  /**
   * Makes one read transaction and returns exactly that many bytes; those that the chip does not
   * send read FF.
   *
   * @throws IOException if the address does not acknowledge, or the bus hangs
   */
  byte[] read(int address, int count) throws IOException {
    AttachedChip target = select(address);
    byte[] given = target.chip.read(count);
    byte[] bytes = Arrays.copyOf(given, count);
    Arrays.fill(bytes, Math.min(given.length, count), count, (byte) 0xff);
    if (target.partWith(InjectedFault.ALL_ZEROS).isPresent()) {
      Arrays.fill(bytes, (byte) 0x00);
    }
    if (target.partWith(InjectedFault.ALL_ONES).isPresent()) {
      Arrays.fill(bytes, (byte) 0xff);
    }
    return bytes;
  }

  /** Returns the powered chip at an address, after the delays that hung parts cause. */
  private AttachedChip select(int address) throws IOException {
    for (AttachedChip target : attached.values()) {
      hang(target.partWith(InjectedFault.BUS_HANG));
    }
    AttachedChip target = attached.get(address);
    if (target == null || !target.simulatedPart.plugged()) {
      throw Chip.nack();
    }
    hang(target.partWith(InjectedFault.NO_ANSWER));
    target.supply(time.tickMs());
    return target;
  }

  private void hang(Optional<SimulatedPart> part) throws IOException {
    if (part.isPresent()) {
      time.sleep(part.get().hangDuration());
      throw new IOException("Connection timed out");
    }
  }

  /** Holds a chip, the part that it belongs to, and the parts that share it. */
  private static final class AttachedChip {
    private final SimulatedPart simulatedPart;
    private final Chip chip;
    private final List<SimulatedPart> sharing = new CopyOnWriteArrayList<>();
    private int powerUps;

    private AttachedChip(SimulatedPart simulatedPart, Chip chip) {
      this.simulatedPart = simulatedPart;
      this.chip = chip;
    }

    /** Returns a plugged-in part at this chip that has the fault, if there is one. */
    private Optional<SimulatedPart> partWith(InjectedFault fault) {
      return Stream.concat(Stream.of(simulatedPart), sharing.stream())
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
