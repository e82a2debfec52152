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
 * Finds the parts on an I2C bus. At an address of the catalogue the scan runs the identification of
 * each part that may be there. At any other address, or if none matches, the scan reads one byte:
 * reading changes no part's state, but a Sensirion part without a pending reading does not
 * acknowledge a read, so that reading alone would miss such parts. Used by the bus's thread.
 */
final class BusScan {
  /** The first and last seven-bit address that is not reserved (NXP UM10204, 3.1.12). */
  private static final int FIRST = 0x08;

  private static final int LAST = 0x77;

  /** Error codes that concern the whole bus (Linux, i2c/fault-codes). */
  private static final int ENOENT = 2;

  private static final int EACCES = 13;
  private static final int ENODEV = 19;
  private static final int ETIMEDOUT = 110;

  /** The error code of an address that a kernel driver uses. */
  private static final int EBUSY = 16;

  /**
   * Describes a part that answers at an address.
   *
   * @param label the part's name, for people
   * @param part the identification that matched; empty if none did
   */
  record Found(String label, Optional<PartIdentification> part) {}

  private static final Found UNKNOWN_PART = new Found("an unknown part", Optional.empty());

  private final Map<Integer, Found> found = new TreeMap<>();

  /**
   * Scans addresses 0x08 to 0x77.
   *
   * @throws IOException if the bus is missing, not permitted to this user or hangs
   */
  BusScan(IntFunction<I2cPort> bus, Time time) throws IOException {
    for (int address = FIRST; address <= LAST; address++) {
      I2cPort port = bus.apply(address);
      Optional<Found> part = identify(address, port, time);
      if (part.isEmpty()) {
        part = probe(port);
      }
      if (part.isPresent()) {
        found.put(address, part.get());
      }
    }
  }

  /** Returns the part at an address, if one answers there. */
  Optional<Found> at(int address) {
    return Optional.ofNullable(found.get(address));
  }

  /** Returns every part that answers, by its address, in ascending order. */
  Map<Integer, Found> parts() {
    return found;
  }

  /** Returns the lowest address at which an identification matched, if it did at one. */
  Optional<Integer> addressOf(PartIdentification part) {
    return found.entrySet().stream()
        .filter(entry -> entry.getValue().part().filter(part::equals).isPresent())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Returns all parts in one line. */
  @Override
  public String toString() {
    return found.isEmpty()
        ? "no part answers"
        : found.entrySet().stream()
            .map(entry -> "0x%02x %s".formatted(entry.getKey(), entry.getValue().label()))
            .collect(Collectors.joining(", "));
  }

  private static Optional<Found> identify(int address, I2cPort port, Time time) throws IOException {
    Optional<Found> found = Optional.empty();
    for (PartIdentification part : Catalogue.identificationsAt(address)) {
      try {
        if (part.matches(port, time)) {
          return Optional.of(new Found(part.label(), Optional.of(part)));
        }
        found = Optional.of(UNKNOWN_PART);
      } catch (FrameException e) {
        found = Optional.of(UNKNOWN_PART);
      } catch (IOException e) {
        rethrowBusError(e);
      }
    }
    return found;
  }

  private static Optional<Found> probe(I2cPort port) throws IOException {
    try {
      port.read(1);
      return Optional.of(UNKNOWN_PART);
    } catch (IOException e) {
      rethrowBusError(e);
      return e instanceof BusException busy && busy.errno() == EBUSY
          ? Optional.of(new Found("a part that the kernel drives", Optional.empty()))
          : Optional.empty();
    }
  }

  private static void rethrowBusError(IOException error) throws IOException {
    if (error instanceof InterruptedIOException) {
      throw error;
    }
    if (error instanceof BusException bus) {
      int errno = bus.errno();
      if (errno == ENOENT || errno == EACCES || errno == ENODEV || errno == ETIMEDOUT) {
        throw error;
      }
    }
  }
}
