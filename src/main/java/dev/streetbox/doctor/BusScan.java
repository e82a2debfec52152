package dev.streetbox.doctor;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import dev.streetbox.part.Catalogue;
import dev.streetbox.part.PartIdentification;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Who sits at which address of an I2C bus. Where a part of the catalogue may be it is asked who it
 * is; elsewhere, and if it is none of them, one byte is read: to read a byte changes nothing in any
 * part, but a Sensirion part with nothing to say does not acknowledge it, so reading alone would
 * not find those. For the bus's thread.
 */
final class BusScan {
  private static final int FIRST = 0x08;
  private static final int LAST = 0x77;

  /** Errors that speak of the bus and not of one address (Linux, i2c/fault-codes). */
  private static final int ENOENT = 2;

  private static final int EACCES = 13;
  private static final int ENODEV = 19;
  private static final int ETIMEDOUT = 110;
  private static final int EBUSY = 16;

  /**
   * Somebody at an address.
   *
   * @param label who, for people
   * @param part which of the known parts; empty if none
   */
  record Found(String label, Optional<PartIdentification> part) {}

  private static final Found STRANGER = new Found("an unknown part", Optional.empty());

  private final Map<Integer, Found> found = new TreeMap<>();

  /**
   * Asks around.
   *
   * @throws IOException if the bus is missing, closed to this user or hangs
   */
  BusScan(IntFunction<I2cPort> bus, Time time) throws IOException {
    for (int address = FIRST; address <= LAST; address++) {
      I2cPort port = bus.apply(address);
      Optional<Found> somebody = known(address, port, time);
      if (somebody.isEmpty()) {
        somebody = anybody(port);
      }
      if (somebody.isPresent()) {
        found.put(address, somebody.get());
      }
    }
  }

  /** Who is at an address. */
  Optional<Found> at(int address) {
    return Optional.ofNullable(found.get(address));
  }

  /** Every address with somebody. */
  Map<Integer, Found> all() {
    return found;
  }

  /** Returns the address of a part that is recognised so, if there is one. */
  Optional<Integer> addressOf(PartIdentification part) {
    return found.entrySet().stream()
        .filter(entry -> entry.getValue().part().filter(part::equals).isPresent())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** All of it in one line. */
  @Override
  public String toString() {
    return found.isEmpty()
        ? "nobody answers"
        : found.entrySet().stream()
            .map(entry -> "0x%02x %s".formatted(entry.getKey(), entry.getValue().label()))
            .collect(Collectors.joining(", "));
  }

  private static Optional<Found> known(int address, I2cPort port, Time time) throws IOException {
    Optional<Found> found = Optional.empty();
    for (PartIdentification part : Catalogue.identificationsAt(address)) {
      try {
        if (part.matches(port, time)) {
          return Optional.of(new Found(part.label(), Optional.of(part)));
        }
        found = Optional.of(STRANGER);
      } catch (FrameException e) {
        found = Optional.of(STRANGER);
      } catch (IOException e) {
        requireBus(e);
      }
    }
    return found;
  }

  private static Optional<Found> anybody(I2cPort port) throws IOException {
    try {
      port.read(1);
      return Optional.of(STRANGER);
    } catch (IOException e) {
      requireBus(e);
      return e instanceof BusException busy && busy.errno() == EBUSY
          ? Optional.of(new Found("a part that the kernel drives", Optional.empty()))
          : Optional.empty();
    }
  }

  private static void requireBus(IOException trouble) throws IOException {
    if (trouble instanceof InterruptedIOException) {
      throw trouble;
    }
    if (trouble instanceof BusException bus) {
      int errno = bus.errno();
      if (errno == ENOENT || errno == EACCES || errno == ENODEV || errno == ETIMEDOUT) {
        throw trouble;
      }
    }
  }
}
