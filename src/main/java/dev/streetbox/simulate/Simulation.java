package dev.streetbox.simulate;

import dev.streetbox.bus.AudioPort;
import dev.streetbox.bus.Hardware;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Pi4jBus;
import dev.streetbox.bus.SerialPort;
import dev.streetbox.bus.Time;
import dev.streetbox.part.PartPlace;
import dev.streetbox.part.SensorSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongToDoubleFunction;
import java.util.function.Supplier;

/**
 * A box without hardware: one I2C bus, serial ports, sound cards and a gpsd, all on one ride. Its
 * bus and each of its ports belong to the thread that uses them, as real ones do. Parts are
 * connected by one thread, before the others begin; {@link #part} is for any thread.
 */
public final class Simulation implements Hardware, AutoCloseable {
  private static final int BUS = 1;

  /** A Pi needs at least this long to start the program; its parts have had power since. */
  private static final Duration STARTING = Duration.ofSeconds(10);

  private static final Duration FIRST_FIX = Duration.ofSeconds(5);
  private static final String GNSS = "gnss";
  private static final String GPSD = "gpsd";

  private final World world;
  private final Instant start;
  private final SimI2cBus wires;
  private final Pi4jBus bus;
  private final Map<String, Supplier<SerialPort>> serial = new HashMap<>();
  private final Map<String, Supplier<AudioPort>> audio = new HashMap<>();
  private final Map<String, SimulatedPart> kinds = new HashMap<>();
  private final Map<String, SimulatedPart> named = new HashMap<>();

  /**
   * A simulation that begins at tick 0, of a box with a receiver and no sensor yet.
   *
   * @param time what everything simulated lives in; run faster, the ride goes faster
   * @param seed what makes one ride differ from another
   * @param start the time of day at tick 0, as the satellites tell it
   */
  public Simulation(Time time, long seed, Instant start) {
    this.world = new World(time, new Ride(seed), seed);
    this.start = start;
    this.wires = new SimI2cBus(time);
    this.bus = new Pi4jBus(BUS, () -> new SimI2cProvider(wires));
    SimulatedPart receiver = new SimulatedPart();
    named.put(GNSS, receiver);
    named.put(GPSD, receiver);
  }

  /**
   * Connects a part at its place. Parts of one key, or of one key and gas, share a plug: they are
   * pulled out together.
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
    factory.connect(this, settings, simulatedPart);
  }

  /**
   * Returns the switch of a connected part, for tests and scenarios.
   *
   * @param name the sensor's name, its key as {@code sps30}, its key and gas as {@code
   *     multigas-h2s}, or {@code gnss}
   * @throws IllegalArgumentException if there is no such part
   */
  public SimulatedPart part(String name) {
    return known(named, name);
  }

  /**
   * Lets a scenario happen to the connected parts while time goes on.
   *
   * @throws IllegalArgumentException if it names a part that is not connected
   */
  public void play(Scenario scenario) {
    Map<SimulatedPart, List<Scenario.Step>> plans = new LinkedHashMap<>();
    for (Scenario.Step step : scenario.steps()) {
      plans.computeIfAbsent(part(step.part()), any -> new ArrayList<>()).add(step);
    }
    plans.forEach((simulatedPart, steps) -> simulatedPart.follow(steps, world.time()::tickMs));
  }

  /** Returns the ride that every part is on. */
  public Ride ride() {
    return world.ride();
  }

  /** Makes a port to an address; every bus name means the one simulated bus. */
  @Override
  public I2cPort i2c(String name, int address) {
    return bus.port(address);
  }

  /**
   * Makes a serial port with a part at its other end; its rate does not matter.
   *
   * @throws IllegalArgumentException if no part is connected there
   */
  @Override
  public SerialPort uart(String device, int baud) {
    return known(serial, device).get();
  }

  /**
   * Makes a sound card with a microphone in the ride's noise.
   *
   * @throws IllegalArgumentException if no microphone is connected there
   */
  @Override
  public AudioPort audio(String device) {
    return known(audio, device).get();
  }

  /** Makes a connection to a gpsd whose receiver finds its first position after 5 s. */
  @Override
  public SerialPort tcp(String host, int port) {
    SimulatedPart receiver = part(GNSS);
    return line(
        "simulated " + GPSD, receiver, new GpsdDevice(world::at, receiver, start, FIRST_FIX));
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
    bus.close();
  }

  World world() {
    return world;
  }

  void attach(PartPlace.I2c at, SimulatedPart simulatedPart, Chip chip) {
    bus.port(at.address()); // refuses a reserved address
    wires.attach(at.address(), simulatedPart, chip, STARTING);
  }

  /** Parts at one address share its converter, if it is of the kind that each of them names. */
  void attach(
      PartPlace.ConverterInput at, SimulatedPart simulatedPart, List<LongToDoubleFunction> volts) {
    Ads1115Chip.Model model = Ads1115Chip.Model.valueOf(at.converter().name());
    Ads1115Chip converter;
    if (wires.chip(at.address()).orElse(null) instanceof Ads1115Chip there && there.is(model)) {
      converter = there;
      wires.share(at.address(), simulatedPart);
    } else {
      converter = new Ads1115Chip(world.time(), model);
      attach(new PartPlace.I2c(at.bus(), at.address()), simulatedPart, converter);
    }
    for (int i = 0; i < volts.size(); i++) {
      converter.connect(at.channel() + i, simulatedPart, volts.get(i));
    }
  }

  void attach(
      PartPlace.Uart at, SimulatedPart simulatedPart, Supplier<SimSerial.SerialDevice> talker) {
    serial.put(at.device(), () -> line(at.device(), simulatedPart, talker.get()));
  }

  void attach(PartPlace.Audio at, Supplier<AudioPort> card) {
    audio.put(at.device(), card);
  }

  private SerialPort line(String name, SimulatedPart simulatedPart, SimSerial.SerialDevice talker) {
    return new SimSerial(name, world.time(), simulatedPart, talker, world.seed());
  }

  private static <T> T known(Map<String, T> connected, String name) {
    if (!connected.containsKey(name)) {
      throw new IllegalArgumentException(
          "no simulated part '"
              + name
              + "' here; connected: "
              + String.join(", ", new TreeSet<>(connected.keySet())));
    }
    return connected.get(name);
  }
}
