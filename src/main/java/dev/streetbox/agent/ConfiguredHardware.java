package dev.streetbox.agent;

import dev.streetbox.bus.BusTrace;
import dev.streetbox.bus.Hardware;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.LinuxHardware;
import dev.streetbox.bus.SerialPort;
import dev.streetbox.bus.Time;
import dev.streetbox.bus.TracedHardware;
import dev.streetbox.part.PartPlace;
import dev.streetbox.part.PartPorts;
import dev.streetbox.part.SensorSettings;
import dev.streetbox.simulate.Simulation;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the hardware of what is configured: this machine's, or simulated. Nothing simulated is
 * made unless something is configured so. Opens nothing; ports may be asked for by any thread.
 */
final class ConfiguredHardware {
  private final Config config;
  private final Hardware real;
  private final Optional<Hardware> simulated;
  private final PartPorts realPorts;
  private final Optional<PartPorts> simulatedPorts;

  /**
   * Connects the simulated parts, if there are any.
   *
   * @param tap hears every part on I2C or at a serial port, if there is one
   */
  ConfiguredHardware(Config config, Time time, Optional<BusTrace> tap) {
    this.config = config;
    this.real = traced(new LinuxHardware(time), tap);
    this.simulated = simulation(time).map(hardware -> traced(hardware, tap));
    this.realPorts = new PartPorts(real, time);
    this.simulatedPorts = simulated.map(hardware -> new PartPorts(hardware, time));
  }

  /** Returns whether anything is simulated. */
  boolean isSimulating() {
    return simulated.isPresent();
  }

  /** Returns what makes the ports of a configured part's driver. */
  PartPorts ports(SensorSettings settings) {
    return settings.simulated() ? simulatedPorts.orElseThrow() : realPorts;
  }

  /** Makes a port to an address of the I2C bus that a configured part is on. */
  I2cPort beside(SensorSettings settings, int address) {
    return hardware(settings).i2c(settings.bus(), address);
  }

  /** Makes the connection to gpsd, if there is to be one. */
  Optional<SerialPort> gpsd() {
    String host = config.gnss().host();
    int port = config.gnss().port();
    return switch (config.gnss().source()) {
      case GPSD -> Optional.of(real.tcp(host, port));
      case SIM -> Optional.of(simulated.orElseThrow().tcp(host, port));
      case NONE -> Optional.empty();
    };
  }

  /** Releases an I2C bus, on its own thread or after that has ended; a port is its part's. */
  void release(String bus) {
    real.release(bus);
    simulated.ifPresent(hardware -> hardware.release(bus));
  }

  private Hardware hardware(SensorSettings settings) {
    return settings.simulated() ? simulated.orElseThrow() : real;
  }

  private Optional<Hardware> simulation(Time time) {
    boolean wanted =
        config.gnss().source() == Config.GnssSource.SIM
            || config.sensors().stream().anyMatch(SensorSettings::simulated);
    if (!wanted) {
      return Optional.empty();
    }
    Instant start = time.systemClock().minusMillis(time.tickMs());
    Simulation simulation = new Simulation(time, config.simulation().seed(), start);
    config.sensors().stream().filter(SensorSettings::simulated).forEach(simulation::connect);
    simulation.play(config.simulation().scenario());
    return Optional.of(simulation);
  }

  private Hardware traced(Hardware hardware, Optional<BusTrace> tap) {
    return tap.map(ear -> (Hardware) new TracedHardware(hardware, ear, names())).orElse(hardware);
  }

  /** The sensors' names by their places; parts at one converter share it, and a line of trace. */
  private Map<String, String> names() {
    Map<String, String> names = new HashMap<>();
    for (SensorSettings sensor : config.sensors()) {
      names.merge(place(sensor), sensor.name(), (one, other) -> one + "+" + other);
    }
    return names;
  }

  private static String place(SensorSettings sensor) {
    PartPlace place = sensor.place();
    return place.i2cAddress().isPresent()
        ? TracedHardware.place(sensor.bus(), place.i2cAddress().getAsInt())
        : place.device();
  }
}
