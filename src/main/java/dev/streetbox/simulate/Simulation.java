package dev.streetbox.simulate;

import static java.util.Map.entry;

import dev.streetbox.bus.AudioPort;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Pi4jBus;
import dev.streetbox.bus.SerialPort;
import dev.streetbox.bus.Time;
import dev.streetbox.simulate.MultiGasChip.Cell;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongToDoubleFunction;

/**
 * A box without hardware: one I2C bus, serial ports, a sound card and a gpsd, all on one ride. Its
 * bus and each of its ports belong to the thread that uses them, as real ones do; {@link #part} is
 * for any thread. A new kind of part is one {@link Chip} or {@link SimSerial.Talker} and one line
 * here.
 */
public final class Simulation implements AutoCloseable {
  /** Stands for a driver's usual address. */
  public static final int DEFAULT_ADDRESS = -1;

  private static final int BUS = 1;

  /** A Pi needs at least this long to start the program; its parts have had power since. */
  private static final Duration STARTING = Duration.ofSeconds(10);

  private static final Duration FIRST_FIX = Duration.ofSeconds(5);
  private static final String GPSD = "gpsd";
  private static final String MICROPHONE = "microphone";

  private record I2cKind(int address, Function<Part, Chip> make) {}

  private final Time time;
  private final long seed;
  private final Ride ride;
  private final Wires wires;
  private final Pi4jBus bus;
  private final Map<String, I2cKind> i2c;
  private final Map<String, Function<Part, SimSerial.Talker>> serial;
  private final Map<String, Part> parts = new HashMap<>();

  /**
   * A simulation that begins at tick 0.
   *
   * @param time what everything simulated lives in; run faster, the ride goes faster
   * @param seed what makes one ride differ from another
   * @param start the time of day at tick 0, as the satellites tell it
   */
  public Simulation(Time time, long seed, Instant start) {
    this.time = time;
    this.seed = seed;
    this.ride = new Ride(seed);
    this.wires = new Wires(time);
    this.bus = new Pi4jBus(BUS, () -> new SimI2cProvider(wires));
    SoundMeter meter = new SoundMeter(ride::levelDba);
    this.i2c =
        Map.ofEntries(
            entry("sps30", new I2cKind(0x69, part -> new Sps30Chip(time, ride::at, part))),
            entry("sen55", new I2cKind(0x69, part -> new Sen55Chip("SEN55", time, ride::at, part))),
            entry(
                "pmsa003i",
                new I2cKind(0x12, part -> new Pmsa003iChip(time, ride::at, part, seed))),
            entry("sht4x", new I2cKind(0x44, part -> new Sht4xChip(time, ride::at, part))),
            entry("sht3x", new I2cKind(0x44, part -> new Sht3xChip(time, ride::at, part))),
            entry("bme280", new I2cKind(0x76, part -> new Bme280Chip(time, ride::at, part))),
            entry("sgp41", new I2cKind(0x59, part -> new Sgp41Chip(time, ride::at, part))),
            entry("sgp40", new I2cKind(0x59, part -> new Sgp40Chip(time, ride::at, part))),
            // Nobody knows which checksum a real module has: each one once.
            entry("multigas-h2s", new I2cKind(0x74, part -> multiGas(part, Cell.H2S, 6))),
            entry("multigas-nh3", new I2cKind(0x75, part -> multiGas(part, Cell.NH3, 7))),
            entry("mics6814", new I2cKind(0x49, this::gasElements)),
            // ADDR to VDD, as in the wiring table: 0x48 belongs to a decibel module.
            entry(
                "sen0232", new I2cKind(0x49, part -> new Ads1115Chip(time, part, 0, meter::volts))),
            entry("dnms", new I2cKind(0x55, part -> new DnmsChip(time, part, ride::levelDba))),
            entry(
                "pcbartists",
                new I2cKind(0x48, part -> new PcbArtistsChip(time, part, ride::levelDba))));
    this.serial =
        Map.of(
            "pms5003",
            part -> new Pms5003Talker(ride::at, part, seed),
            "sds011",
            part -> new Sds011Talker(ride::at, part),
            GPSD,
            part -> new GpsdTalker(ride::at, part, start, FIRST_FIX));
    i2c.keySet().forEach(driver -> parts.put(driver, new Part()));
    serial.keySet().forEach(driver -> parts.put(driver, new Part()));
    parts.put(MICROPHONE, new Part());
  }

  private Chip multiGas(Part part, Cell cell, int lastSummed) {
    return new MultiGasChip(time, ride::at, part, cell, lastSummed);
  }

  private Chip gasElements(Part part) {
    List<LongToDoubleFunction> volts = new GasElements(ride::at, part).volts();
    return new Ads1115Chip(
        time,
        part,
        Ads1115Chip.Model.ADS1115,
        Map.of(0, volts.get(0), 1, volts.get(1), 2, volts.get(2)));
  }

  /**
   * Puts a part on the simulated bus; for {@code sen0232} it is an ADS1115 with the meter on input
   * 0, for {@code mics6814} one with its elements on 0 to 2.
   *
   * @param driver the part's driver, as {@code sps30}; with the gas, as {@code multigas-h2s}
   * @param address its I2C address, or {@link #DEFAULT_ADDRESS}
   * @throws IllegalArgumentException if no such part can be simulated, or its address is taken
   */
  public I2cPort i2c(String driver, int address) {
    I2cKind kind = known(i2c, driver);
    int place = address == DEFAULT_ADDRESS ? kind.address() : address;
    I2cPort port = bus.port(place);
    Part part = part(driver);
    wires.attach(place, part, kind.make().apply(part), STARTING);
    return port;
  }

  /** A place on the simulated bus, whether a part is there or not. */
  public I2cPort place(int address) {
    return bus.port(address);
  }

  /**
   * A serial port with a part at its other end.
   *
   * @param driver the part's driver, as {@code pms5003}
   * @throws IllegalArgumentException if no such part can be simulated
   */
  public SerialPort uart(String driver) {
    Part part = part(driver);
    return new SimSerial(
        "simulated " + driver, time, part, known(serial, driver).apply(part), seed);
  }

  /** A sound card with a microphone in the ride's noise. */
  public AudioPort audio() {
    return new SimAudio(time, part(MICROPHONE), ride::levelDba, new Street(seed));
  }

  /** A connection to a gpsd whose receiver finds its first position after 5 s. */
  public SerialPort gpsd() {
    return uart(GPSD);
  }

  /** The ride that every part is on. */
  public Ride ride() {
    return ride;
  }

  /**
   * The switch of a driver's parts, for tests and scenarios; parts of one driver share it.
   *
   * @param driver as {@code sps30}, or {@code gpsd}
   * @throws IllegalArgumentException if no such part can be simulated
   */
  public Part part(String driver) {
    return known(parts, driver);
  }

  /**
   * Lets a scenario happen to the parts while time goes on.
   *
   * @param drivers of the parts by the names that the scenario may use beside the drivers' own
   * @throws IllegalArgumentException if it names a part that cannot be simulated
   */
  public void play(Scenario scenario, Map<String, String> drivers) {
    Map<Part, List<Scenario.Step>> plans = new LinkedHashMap<>();
    for (Scenario.Step step : scenario.steps()) {
      Part part = part(drivers.getOrDefault(step.part(), step.part()));
      plans.computeIfAbsent(part, any -> new ArrayList<>()).add(step);
    }
    plans.forEach((part, steps) -> part.follow(steps, time::tickMs));
  }

  /** Shuts the simulated bus down. Called by the bus's own thread, or after it has ended. */
  @Override
  public void close() {
    bus.close();
  }

  private static <T> T known(Map<String, T> kinds, String driver) {
    if (!kinds.containsKey(driver)) {
      throw new IllegalArgumentException(
          "no simulated part '"
              + driver
              + "' here; known: "
              + String.join(", ", new TreeSet<>(kinds.keySet())));
    }
    return kinds.get(driver);
  }
}
