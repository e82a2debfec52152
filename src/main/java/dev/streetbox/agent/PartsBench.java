package dev.streetbox.agent;

import dev.streetbox.bus.BusTrace;
import dev.streetbox.bus.Hardware;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.SerialPort;
import dev.streetbox.bus.Time;
import dev.streetbox.driver.GnssState;
import dev.streetbox.driver.Microphone;
import dev.streetbox.driver.Sensor;
import dev.streetbox.measure.Faults;
import dev.streetbox.part.SensorSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes the drivers of a configuration without an agent, so that a caller can start, read and close
 * them one by one. Opens nothing itself. The parts of one bus are to be used by one thread;
 * different buses share no state.
 */
public final class PartsBench implements AutoCloseable {
  /**
   * Holds a part's settings and its driver.
   *
   * @param settings the part's section of the configuration
   * @param sensor the part's driver, not started
   */
  public record Place(SensorSettings settings, Sensor sensor) {}

  private final ConfiguredHardware hardware;
  private final Wiring wiring;
  private final List<Place> places = new ArrayList<>();

  /**
   * Makes every driver; starts none.
   *
   * @param trace if present, records the traffic of every I2C address and serial port
   */
  public PartsBench(Config config, Time time, Optional<BusTrace> trace) {
    hardware = new ConfiguredHardware(config, time, trace);
    wiring =
        new Wiring(
            config,
            hardware,
            time,
            new Faults(),
            reading -> {},
            tickMs -> OptionalLong.empty(),
            Optional.empty());
    for (SensorSettings settings : config.sensors()) {
      places.add(new Place(settings, wiring.sensor(settings)));
    }
  }

  /** Returns every part, in the order of the configuration. */
  public List<Place> places() {
    return List.copyOf(places);
  }

  /** Returns the microphone of that name, not started and not calibrated, if there is one. */
  public Optional<Microphone> microphone(String name) {
    return Optional.ofNullable(wiring.microphones().get(name));
  }

  /** Returns the GNSS receiver, not started, if one is configured. */
  public Optional<Sensor> receiver() {
    return wiring.receiver().map(Sensor.class::cast);
  }

  /** Returns the receiver's state as of gpsd's last report, if one is configured. */
  public Optional<GnssState> gnssState() {
    return wiring.gnssState();
  }

  /** Makes a port to any address of a part's I2C bus, also to one without a part. */
  public I2cPort i2cPort(Place place, int address) {
    return hardware.i2cPort(place.settings(), address);
  }

  /** Makes a port to any address of an I2C bus. */
  public I2cPort i2cPort(String bus, int address) {
    return hardware.i2cPort(bus, address);
  }

  /** Makes a serial port of this machine, not open. */
  public SerialPort serialPort(String device, int baud) {
    return hardware.serialPort(device, baud);
  }

  /** Returns the name of the simulated bus, if any part is simulated. */
  public Optional<String> simulatedBus() {
    return hardware.isSimulating() ? Optional.of(Hardware.SIMULATED) : Optional.empty();
  }

  /** Releases a bus, on its thread; its parts are closed by the caller who started them. */
  public void release(String bus) {
    hardware.release(bus);
  }

  /** Releases every bus. */
  @Override
  public void close() {
    places.forEach(place -> release(place.settings().bus()));
  }
}
