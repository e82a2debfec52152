package dev.streetbox.simulate;

import dev.streetbox.bus.AudioPort;
import dev.streetbox.bus.GpioInput;
import dev.streetbox.bus.GpioOutput;
import dev.streetbox.bus.Hardware;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.SerialPort;
import dev.streetbox.bus.Time;
import dev.streetbox.part.SensorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Simulates the hardware of one box: an I2C bus, serial ports, sound cards, GPIO lines and a gpsd,
 * all on one ride. The bus and each port belong to the thread that uses them, as real ones do.
 * Parts are connected by one thread, before the others begin; {@link #part} is for any thread.
 */
public final class Simulation implements Hardware, AutoCloseable {
  private static final Duration FIRST_FIX = Duration.ofSeconds(5);
  private static final String GNSS = "gnss";
  private static final String GPSD = "gpsd";

  private final SimulatedPorts ports;
  private final SimulatedLines lines;
  private final Instant start;
  private final Map<String, SimulatedPart> kinds = new HashMap<>();
  private final Map<String, SimulatedPart> named = new HashMap<>();

  /**
   * Makes a simulation that begins at tick 0, of a box with a receiver and no sensor yet.
   *
   * @param time that everything simulated runs by; if it runs faster, the ride goes faster
   * @param seed that the ride and its noise are drawn from
   * @param start the time of day at tick 0, as the receiver reports it
   */
  public Simulation(Time time, long seed, Instant start) {
    this.ports = new SimulatedPorts(new World(time, new Ride(seed), seed));
    this.lines = new SimulatedLines(ports.world());
    this.start = start;
    SimulatedPart receiver = new SimulatedPart();
    named.put(GNSS, receiver);
    named.put(GPSD, receiver);
  }

  /**
   * Connects a part at its place. Parts of one key, or of one key and gas, are one {@link
   * SimulatedPart}: they are unplugged together.
   *
   * @throws IllegalArgumentException if no such part can be simulated, its address is reserved or
   *     another chip has it
   */
  public void connect(SensorSettings settings) {
    String key = settings.part().key();
    ChipFactory factory = ChipCatalogue.of(key);
    String kind = settings.gas().map(gas -> key + "-" + gas).orElse(key);
    SimulatedPart simulatedPart = kinds.computeIfAbsent(kind, any -> new SimulatedPart());
    named.put(kind, simulatedPart);
    named.put(key, simulatedPart);
    named.put(settings.name(), simulatedPart);
    factory.connect(ports, settings, simulatedPart);
  }

  /**
   * Connects a switch to a GPIO line; that of the lid is closed at first, the others are open.
   *
   * @param name as a scenario names it: {@code button}, {@code lid}, {@code supply}
   * @param number the BCM number
   * @param folder where file {@code simulated-press} operates the button, if anywhere
   */
  public void connectSwitch(String name, int number, Optional<Path> folder) {
    lines.connect(name, number, folder);
  }

  /** Returns the lamp at a GPIO line. */
  public SimulatedLamp lamp(int number) {
    return lines.lamp(number);
  }

  /**
   * Returns the plug and the faults of a connected part, for tests and scenarios.
   *
   * @param name the sensor's name, its key as {@code sps30}, its key and gas as {@code
   *     multigas-h2s}, or {@code gnss}
   * @throws IllegalArgumentException if there is no such part
   */
  public SimulatedPart part(String name) {
    return SimulatedPorts.required(named, name);
  }

  /**
   * Applies a scenario to the connected parts and switches while time goes on.
   *
   * @throws IllegalArgumentException if the scenario names a part or switch that is not connected
   */
  public void play(Scenario scenario) {
    Map<SimulatedPart, List<Scenario.Step>> plans = new LinkedHashMap<>();
    for (Scenario.Step step : scenario.steps()) {
      Optional<SimulatedLine> line = lines.named(step.part());
      if (line.isPresent()) {
        step.action().ifPresent(action -> line.get().operate(action, step.tickMs()));
        continue;
      }
      plans.computeIfAbsent(part(step.part()), any -> new ArrayList<>()).add(step);
    }
    Time time = ports.world().time();
    plans.forEach((simulatedPart, steps) -> simulatedPart.schedule(steps, time::tickMs));
  }

  /** Returns the ride that every part is on. */
  public Ride ride() {
    return ports.world().ride();
  }

  /** Makes a port to an address; every bus name means the one simulated bus. */
  @Override
  public I2cPort i2c(String name, int address) {
    return ports.i2c(address);
  }

  /**
   * Makes a serial port with a part at its other end; its rate does not matter.
   *
   * @throws IllegalArgumentException if no part is connected there
   */
  @Override
  public SerialPort uart(String device, int baud) {
    return ports.uart(device);
  }

  /**
   * Makes a sound card with a microphone in the ride's noise.
   *
   * @throws IllegalArgumentException if no microphone is connected there
   */
  @Override
  public AudioPort audio(String device) {
    return ports.audio(device);
  }

  /** Makes a connection to a gpsd whose receiver finds its first position 5 s after power-up. */
  @Override
  public SerialPort tcp(String host, int port) {
    SimulatedPart receiver = part(GNSS);
    GpsdDevice gpsd = new GpsdDevice(ports.world()::at, receiver, start, FIRST_FIX);
    return ports.serialPort("simulated " + GPSD, receiver, gpsd);
  }

  @Override
  public GpioInput gpioInput(int line) {
    return lines.input(line);
  }

  @Override
  public GpioOutput gpioOutput(int line) {
    return lines.lamp(line);
  }

  @Override
  public void release(String name) {
    if (Hardware.isSimulated(name)) {
      close();
    }
  }

  /** Shuts the simulated bus down. Called by the bus's own thread, or after it has ended. */
  @Override
  public void close() {
    ports.close();
  }
}
