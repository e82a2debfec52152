package dev.streetbox.part;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import dev.streetbox.driver.Rhythm;
import dev.streetbox.driver.Sensor;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Drives a part at an I2C address by its driver, and, if that cannot start it, names the other part
 * that answers at the address, because parts share addresses and do not acknowledge each other's
 * commands. Used by the bus's thread.
 */
final class AddressedSensor implements Sensor {
  /**
   * Time after the driver's last command until the other part answers: a SEN5x is busy for 200 ms
   * after the stop that an SPS30's driver sends.
   */
  private static final Duration BUSY = Duration.ofMillis(250);

  private final Sensor driver;
  private final Supplier<I2cPort> port;
  private final int address;
  private final Optional<PartIdentification> own;
  private final Time time;
  private I2cPort probe; // null until the driver cannot start

  /**
   * Drives the part by that driver; sends nothing yet.
   *
   * @param port makes a port to the address; called once at most
   * @param own the part's identification, which other parts may have too
   */
  AddressedSensor(
      Sensor driver,
      Supplier<I2cPort> port,
      int address,
      Optional<PartIdentification> own,
      Time time) {
    this.driver = driver;
    this.port = port;
    this.address = address;
    this.own = own;
    this.time = time;
  }

  /**
   * Starts the part by its driver.
   *
   * @throws FrameException if another part answers, with its name and driver
   * @throws IOException as the driver does, if no other part is recognised
   */
  @Override
  public void start() throws IOException {
    try {
      driver.start();
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      if (!mayBeAnother(e)) {
        throw e;
      }
      Optional<PartIdentification> other = other();
      if (other.isEmpty()) {
        throw e;
      }
      throw new FrameException(message(other.get()));
    }
  }

  @Override
  public Sample read() throws IOException {
    return driver.read();
  }

  @Override
  public long measuredMs(long readMs) {
    return driver.measuredMs(readMs);
  }

  @Override
  public Optional<String> remark() {
    return driver.remark();
  }

  @Override
  public Rhythm rhythm() {
    return driver.rhythm();
  }

  @Override
  public void close() {
    driver.close();
  }

  private static boolean mayBeAnother(IOException error) {
    return error instanceof FrameException
        || (error instanceof BusException bus && !bus.isTimeout());
  }

  /** Returns the part at the address, if it is recognised as another one. */
  private Optional<PartIdentification> other() throws InterruptedIOException {
    time.sleep(BUSY);
    if (own.isPresent() && answers(own.get())) {
      return Optional.empty();
    }
    for (PartIdentification identification : Catalogue.identificationsAt(address)) {
      if (!own.equals(Optional.of(identification)) && answers(identification)) {
        return Optional.of(identification);
      }
    }
    return Optional.empty();
  }

  private boolean answers(PartIdentification identification) throws InterruptedIOException {
    try {
      if (probe == null) {
        probe = port.get();
      }
      return identification.matches(probe, time);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      return false; // no answer to this request, or a wrong one: not that part
    }
  }

  private String message(PartIdentification other) {
    String name = own.map(PartIdentification::label).orElse("the configured part");
    String found = "%s is at 0x%02x, not %s".formatted(other.label(), address, name);
    return Catalogue.driverOf(other)
        .map(key -> found + ". Try: driver = \"" + key + "\" in its [[sensor]]")
        .orElse(found + "; there is no driver for it");
  }
}
