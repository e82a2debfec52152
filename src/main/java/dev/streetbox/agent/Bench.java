package dev.streetbox.agent;

import dev.streetbox.agent.Config.SensorSettings;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import dev.streetbox.bus.Wiretap;
import dev.streetbox.driver.GnssState;
import dev.streetbox.driver.Sensor;
import dev.streetbox.measure.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The parts of a configuration on the table, without an agent around them: whoever tests them
 * starts, reads and closes them. Nothing is opened before that. Everything on one wire belongs to
 * one thread; the wires do not know each other.
 */
public final class Bench implements AutoCloseable {
  /**
   * A part and where it hangs.
   *
   * @param settings what the configuration says of it
   * @param wire its bus or port
   * @param sensor its driver, not started
   */
  public record Place(SensorSettings settings, String wire, Sensor sensor) {}

  private final Wiring wiring;
  private final List<Place> places = new ArrayList<>();

  /**
   * @param tap hears every part on I2C or at a serial port, if there is one
   */
  public Bench(Config config, Time time, Optional<Wiretap> tap) {
    wiring =
        new Wiring(
            config,
            time,
            new Faults(),
            heard -> {},
            tickMs -> OptionalLong.empty(),
            Optional.empty(),
            tap);
    for (SensorSettings settings : config.sensors()) {
      places.add(new Place(settings, Wiring.wireName(settings), wiring.sensor(settings)));
    }
  }

  /** Every part, in the order of the configuration. */
  public List<Place> places() {
    return List.copyOf(places);
  }

  /** The receiver of positions, not started, if there is to be one. */
  public Optional<Sensor> receiver() {
    return wiring.receiver().map(Sensor.class::cast);
  }

  /** What gpsd last said about its receiver, if there is to be one. */
  public Optional<GnssState> gnssState() {
    return wiring.gnssState();
  }

  /** Any place on an I2C bus of the configuration, also one where it has no part. */
  public I2cPort place(String wire, int address) {
    return wiring.place(wire, address);
  }

  /** Releases a wire, on its thread; its parts are closed by whoever started them. */
  public void release(String wire) {
    wiring.close(wire);
  }

  /** Releases every wire. */
  @Override
  public void close() {
    places.forEach(place -> release(place.wire()));
  }
}
