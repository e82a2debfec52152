package dev.streetbox.agent;

import dev.streetbox.bus.BusTrace;
import dev.streetbox.bus.I2cPort;
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
 * The parts of a configuration on the table, without an agent around them: whoever tests them
 * starts, reads and closes them. Nothing is opened before that. Everything on one wire belongs to
 * one thread; the wires do not know each other.
 */
public final class PartsBench implements AutoCloseable {
  /**
   * A part and where it hangs.
   *
   * @param settings what the configuration says of it
   * @param sensor its driver, not started
   */
  public record Place(SensorSettings settings, Sensor sensor) {}

  private final ConfiguredHardware hardware;
  private final Wiring wiring;
  private final List<Place> places = new ArrayList<>();

  /**
   * Makes every driver; starts none.
   *
   * @param tap hears every part on I2C or at a serial port, if there is one
   */
  public PartsBench(Config config, Time time, Optional<BusTrace> tap) {
    hardware = new ConfiguredHardware(config, time, tap);
    wiring =
        new Wiring(
            config,
            hardware,
            time,
            new Faults(),
            heard -> {},
            tickMs -> OptionalLong.empty(),
            Optional.empty());
    for (SensorSettings settings : config.sensors()) {
      places.add(new Place(settings, wiring.sensor(settings)));
    }
  }

  /** Every part, in the order of the configuration. */
  public List<Place> places() {
    return List.copyOf(places);
  }

  /** The microphone of that name, not started and not calibrated, if there is one. */
  public Optional<Microphone> microphone(String name) {
    return Optional.ofNullable(wiring.microphones().get(name));
  }

  /** The receiver of positions, not started, if there is to be one. */
  public Optional<Sensor> receiver() {
    return wiring.receiver().map(Sensor.class::cast);
  }

  /** What gpsd last said about its receiver, if there is to be one. */
  public Optional<GnssState> gnssState() {
    return wiring.gnssState();
  }

  /** Makes a port to any address of the I2C bus that a part is on, also one without a part. */
  public I2cPort beside(Place place, int address) {
    return hardware.beside(place.settings(), address);
  }

  /** Releases a bus, on its thread; its parts are closed by whoever started them. */
  public void release(String bus) {
    hardware.release(bus);
  }

  /** Releases every bus. */
  @Override
  public void close() {
    places.forEach(place -> release(place.settings().bus()));
  }
}
