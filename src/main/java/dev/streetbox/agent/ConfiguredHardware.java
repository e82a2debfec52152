package dev.streetbox.agent;

import dev.streetbox.bus.BusTrace;
import dev.streetbox.bus.GpioInput;
import dev.streetbox.bus.GpioOutput;
import dev.streetbox.bus.Hardware;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.LinuxHardware;
import dev.streetbox.bus.SerialPort;
import dev.streetbox.bus.Time;
import dev.streetbox.bus.TracedHardware;
import dev.streetbox.panel.LineSettings;
import dev.streetbox.part.PartPlace;
import dev.streetbox.part.PartPorts;
import dev.streetbox.part.SensorSettings;
import dev.streetbox.simulate.Simulation;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses this machine's or simulated hardware for each configured part. A simulation is made only
 * if a part or the receiver is configured as simulated. Opens nothing; callable by any thread.
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
   * @param trace if present, records the traffic of every I2C address and serial port
   */
  ConfiguredHardware(Config config, Time time, Optional<BusTrace> trace) {
    this(config, time, time, trace);
  }

  /**
   * Connects the simulated parts, if there are any.
   *
   * @param rideTime the time of the simulated ride, which goes on over all boots of the process
   */
  ConfiguredHardware(Config config, Time time, Time rideTime, Optional<BusTrace> trace) {
    this.config = config;
    this.real = traced(new LinuxHardware(time), trace);
    this.simulated = simulation(rideTime).map(hardware -> traced(hardware, trace));
    this.realPorts = new PartPorts(real, time);
    this.simulatedPorts = simulated.map(hardware -> new PartPorts(hardware, time));
  }

  /** Returns whether anything is simulated. */
  boolean isSimulating() {
    return simulated.isPresent();
  }

  /** Returns the factory of the ports of a configured part's driver. */
  PartPorts ports(SensorSettings settings) {
    return settings.simulated() ? simulatedPorts.orElseThrow() : realPorts;
  }

  /** Makes a port to an address of a configured part's I2C bus. */
  I2cPort i2cPort(SensorSettings settings, int address) {
    return hardware(settings).i2c(settings.bus(), address);
  }

  /** Makes a port to an address of an I2C bus, of the simulated one if that is its name. */
  I2cPort i2cPort(String bus, int address) {
    return (Hardware.isSimulated(bus) ? simulated.orElseThrow() : real).i2c(bus, address);
  }

  /** Makes a serial port of this machine, not open. */
  SerialPort serialPort(String device, int baud) {
    return real.uart(device, baud);
  }

  /** Returns a GPIO input, not open, of this machine or simulated. */
  GpioInput gpioInput(int line) {
    return lines().gpioInput(line);
  }

  /** Returns a GPIO output, not open, as {@link #gpioInput}. */
  GpioOutput gpioOutput(int line) {
    return lines().gpioOutput(line);
  }

  private Hardware lines() {
    return config.hasSimulatedLines() ? simulated.orElseThrow() : real;
  }

  /** Makes the port of gpsd, not open; empty if no receiver is configured. */
  Optional<SerialPort> gpsd() {
    String host = config.gnss().host();
    int port = config.gnss().port();
    return switch (config.gnss().source()) {
      case GPSD -> Optional.of(real.tcp(host, port));
      case SIM -> Optional.of(simulated.orElseThrow().tcp(host, port));
      case NONE -> Optional.empty();
    };
  }

  /**
   * Releases an I2C bus, on the bus's thread or after this has ended; a part's port is closed by
   * its driver.
   */
  void release(String bus) {
    real.release(bus);
    simulated.ifPresent(hardware -> hardware.release(bus));
  }

  private Hardware hardware(SensorSettings settings) {
    return settings.simulated() ? simulated.orElseThrow() : real;
  }

  private Optional<Hardware> simulation(Time time) {
    if (!config.isAnyPartSimulated() && !config.hasSimulatedLines()) {
      return Optional.empty();
    }
    Instant start = time.systemClock().minusMillis(time.tickMs());
    Simulation simulation = new Simulation(time, config.simulation().seed(), start);
    config.sensors().stream().filter(SensorSettings::simulated).forEach(simulation::connect);
    LineSettings lines = config.panel().lines();
    lines
        .button()
        .ifPresent(n -> simulation.connectSwitch("button", n, Optional.of(config.runDir())));
    lines.lid().ifPresent(n -> simulation.connectSwitch("lid", n, Optional.empty()));
    lines.supply().ifPresent(n -> simulation.connectSwitch("supply", n, Optional.empty()));
    simulation.play(config.simulation().scenario());
    return Optional.of(simulation);
  }

  private Hardware traced(Hardware hardware, Optional<BusTrace> trace) {
    return trace.map(to -> (Hardware) new TracedHardware(hardware, to, names())).orElse(hardware);
  }

  /** Returns the sensors' names by their places, joined by "+" where parts share one converter. */
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
