package dev.streetbox.agent;

import dev.streetbox.agent.Config.SensorSettings;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Pi4jBus;
import dev.streetbox.bus.SerialPort;
import dev.streetbox.bus.TcpPort;
import dev.streetbox.bus.Time;
import dev.streetbox.bus.UartPort;
import dev.streetbox.bus.Wiretap;
import dev.streetbox.calibrate.Revision;
import dev.streetbox.driver.Ads1115;
import dev.streetbox.driver.Bme280;
import dev.streetbox.driver.Dnms;
import dev.streetbox.driver.FanLog;
import dev.streetbox.driver.GasMemory;
import dev.streetbox.driver.GnssState;
import dev.streetbox.driver.Gpsd;
import dev.streetbox.driver.Microphone;
import dev.streetbox.driver.Mics6814;
import dev.streetbox.driver.MultiGas;
import dev.streetbox.driver.PcbArtists;
import dev.streetbox.driver.Pms5003;
import dev.streetbox.driver.Pmsa003i;
import dev.streetbox.driver.Sds011;
import dev.streetbox.driver.Sen0232;
import dev.streetbox.driver.Sen55;
import dev.streetbox.driver.Sensor;
import dev.streetbox.driver.Sgp40;
import dev.streetbox.driver.Sgp41;
import dev.streetbox.driver.Sht3x;
import dev.streetbox.driver.Sht4x;
import dev.streetbox.driver.Sps30;
import dev.streetbox.measure.ClockReading;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import dev.streetbox.sample.Board;
import dev.streetbox.sample.Sampler;
import dev.streetbox.sample.Slot;
import dev.streetbox.simulate.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * Joins the parts that the configuration names to their wires: one sampler for each bus or port. A
 * new part is one line in {@link #sensor}.
 */
final class Wiring {
  /** The positions' name among the sensors. */
  static final String GNSS = "gnss";

  private static final String SIMULATED = "sim";
  private static final int PM_BAUD = 9_600;

  /**
   * A bus or port with everything on it.
   *
   * @param name the bus, which names its thread
   * @param sampler its duty
   * @param close releases the bus itself, after the sampler
   */
  record Wire(String name, Sampler sampler, Runnable close) {}

  private final Config config;
  private final Time time;
  private final Faults faults;
  private final Consumer<ClockReading> clock;
  private final LongFunction<OptionalLong> utcMs;
  private final Optional<Wiretap> tap;
  private final Optional<Revision> calibration;
  private final Simulation simulation;
  private final Board board;
  private final Optional<Gpsd> gnss;
  private final Map<String, Pi4jBus> buses = new HashMap<>();
  private final List<PersistedState> memories = new ArrayList<>();
  private final Map<String, Microphone> microphones = new LinkedHashMap<>();

  /**
   * Opens nothing: buses and ports open when their sampler first uses them.
   *
   * @param clock hears the receiver's time of day, on the thread of its port
   * @param utcMs the trusted time of day at a tick, in ms since 1970, if there is one; asked by
   *     many threads
   * @param calibration what is known of this box's own parts
   */
  Wiring(
      Config config,
      Time time,
      Faults faults,
      Consumer<ClockReading> clock,
      LongFunction<OptionalLong> utcMs,
      Optional<Revision> calibration) {
    this(config, time, faults, clock, utcMs, calibration, Optional.empty());
  }

  /**
   * The same, overheard.
   *
   * @param tap hears every part on I2C or at a serial port, if there is one
   */
  Wiring(
      Config config,
      Time time,
      Faults faults,
      Consumer<ClockReading> clock,
      LongFunction<OptionalLong> utcMs,
      Optional<Revision> calibration,
      Optional<Wiretap> tap) {
    this.tap = tap;
    this.config = config;
    this.time = time;
    this.faults = faults;
    this.clock = clock;
    this.utcMs = utcMs;
    this.calibration = calibration;
    Instant start = time.systemClock().minusMillis(time.tickMs());
    this.simulation = new Simulation(time, config.simulation().seed(), start);
    this.board = new Board(Stream.concat(names(), Stream.of(GNSS)).toList());
    this.gnss = gnss();
    Map<String, String> parts = new HashMap<>(Map.of(GNSS, "gpsd"));
    for (SensorSettings sensor : config.sensors()) {
      parts.put(sensor.driver(), simulated(sensor));
      parts.put(sensor.name(), simulated(sensor));
    }
    simulation.play(config.simulation().scenario(), parts);
  }

  /** What every sensor last said. */
  Board board() {
    return board;
  }

  /** What gpsd last said about its receiver, if there is to be one; any thread may ask. */
  Optional<GnssState> gnssState() {
    return gnss.map(Gpsd::state);
  }

  /** The receiver, not started, if there is to be one. */
  Optional<Gpsd> receiver() {
    return gnss;
  }

  /** Every bus and port that the configuration needs. */
  List<Wire> wires() {
    Map<String, List<Slot>> slots = new LinkedHashMap<>();
    for (SensorSettings settings : config.sensors()) {
      slots
          .computeIfAbsent(wireName(settings), any -> new ArrayList<>())
          .add(new Slot(settings.name(), sensor(settings), settings.period()));
    }
    gnss.ifPresent(gpsd -> slots.put(GNSS, List.of(new Slot(GNSS, gpsd, Duration.ZERO))));
    List<Wire> wires = new ArrayList<>();
    slots.forEach(
        (name, parts) ->
            wires.add(
                new Wire(name, new Sampler(name, parts, board, faults, time), () -> close(name))));
    return wires;
  }

  /** The duties of the disk that the parts of {@link #wires} need; to be stopped after those. */
  List<PersistedState> memories() {
    return List.copyOf(memories);
  }

  /** The microphones of {@link #wires} by name, for what they notice besides their levels. */
  Map<String, Microphone> microphones() {
    return Map.copyOf(microphones);
  }

  /** The part of one {@code [[sensor]]}, not started. */
  Sensor sensor(SensorSettings settings) {
    return switch (settings.driver()) {
      case "pms5003" ->
          new Pms5003(uart(settings, PM_BAUD), time, mode(Pms5003.Mode.class, settings, "active"));
      case "pmsa003i" -> new Pmsa003i(i2c(settings, 0x12), time);
      case "sps30" ->
          new Sps30(
              i2c(settings, 0x69),
              time,
              mode(Sps30.Format.class, settings, "float"),
              fan(settings));
      case "sen55" -> new Sen55(i2c(settings, 0x69), time, fan(settings));
      case "sds011" ->
          new Sds011(uart(settings, PM_BAUD), time, mode(Sds011.Mode.class, settings, "active"));
      case "sgp41" -> new Sgp41(i2c(settings, 0x59), time, this::air, memory(settings));
      case "sgp40" -> new Sgp40(i2c(settings, 0x59), time, this::air, memory(settings));
      case "sht4x" -> new Sht4x(i2c(settings, 0x44), time);
      case "sht3x" -> new Sht3x(i2c(settings, 0x44), time);
      case "bme280" -> new Bme280(i2c(settings, 0x76), time);
      case "multigas" ->
          new MultiGas(i2c(settings, 0x74), time, MultiGas.Gas.of(settings.gas()).orElseThrow());
      case "mics6814" ->
          new Mics6814(new Ads1115(i2c(settings, 0x49), time), time, settings.channel());
      case "sen0232" -> new Sen0232(new Ads1115(i2c(settings, 0x48), time), settings.channel());
      case "dnms" -> new Dnms(i2c(settings, 0x55), time);
      case "pcbartists" -> new PcbArtists(i2c(settings, 0x48), time);
      case "microphone" -> microphone(settings);
      default -> throw new IllegalArgumentException("no driver for " + settings.driver());
    };
  }

  /** The part's way to be asked that the settings name, or else its usual one. */
  private static <M extends Enum<M>> M mode(Class<M> modes, SensorSettings settings, String usual) {
    String mode = settings.mode().isEmpty() ? usual : settings.mode();
    return Enum.valueOf(modes, mode.toUpperCase(Locale.ROOT));
  }

  private Optional<Gpsd> gnss() {
    return switch (config.gnss().source()) {
      case "gpsd" ->
          Optional.of(
              new Gpsd(new TcpPort(config.gnss().host(), config.gnss().port()), time, clock));
      case SIMULATED -> Optional.of(new Gpsd(simulation.gpsd(), time, clock));
      default -> Optional.empty();
    };
  }

  private I2cPort i2c(SensorSettings settings, int usual) {
    int address = settings.address() < 0 ? usual : settings.address();
    I2cPort port =
        settings.bus().equals(SIMULATED)
            ? simulation.i2c(simulated(settings), address)
            : place(settings.bus(), address);
    return tap.map(ear -> ear.on(settings.name(), port)).orElse(port);
  }

  /** Any place on an I2C bus, also one where no part is wired. */
  I2cPort place(String bus, int address) {
    return bus.equals(SIMULATED)
        ? simulation.place(address)
        : buses
            .computeIfAbsent(bus, name -> Pi4jBus.linux(Integer.parseInt(name.substring(4))))
            .port(address);
  }

  /** The simulation has a MultiGas module for each gas. */
  private static String simulated(SensorSettings settings) {
    return settings.gas().isEmpty() ? settings.driver() : settings.driver() + "-" + settings.gas();
  }

  private SerialPort uart(SensorSettings settings, int baud) {
    SerialPort port =
        settings.bus().equals(SIMULATED)
            ? simulation.uart(settings.driver())
            : new UartPort(Path.of(settings.port()), baud);
    return tap.map(ear -> ear.on(settings.name(), port)).orElse(port);
  }

  private Microphone microphone(SensorSettings settings) {
    Microphone microphone = Ear.open(settings, calibration, simulation, time);
    microphones.put(settings.name(), microphone);
    return microphone;
  }

  private GasMemory memory(SensorSettings settings) {
    Path file = config.store().dataDir().resolve("gas-" + settings.name() + ".json");
    PersistedGasIndex index = new PersistedGasIndex(utcMs, time);
    memories.add(new PersistedState(file, PersistedGasIndex.WRITE_EVERY, index, time, faults));
    return index;
  }

  private FanLog fan(SensorSettings settings) {
    Path file = config.store().dataDir().resolve("fan-" + settings.name() + ".txt");
    PersistedFanHours fan = new PersistedFanHours();
    memories.add(new PersistedState(file, PersistedFanHours.WRITE_EVERY, fan, time, faults));
    return fan;
  }

  /** What the air in the box is like now, as a gas sensor must know it. */
  private Optional<Sample> air() {
    OptionalDouble temperature = board.latest(Quantity.TEMPERATURE, time.tickMs());
    OptionalDouble humidity = board.latest(Quantity.HUMIDITY, time.tickMs());
    if (temperature.isEmpty() || humidity.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Sample.of(
            Map.of(
                Quantity.TEMPERATURE, temperature.getAsDouble(),
                Quantity.HUMIDITY, humidity.getAsDouble())));
  }

  /** Releases a bus; a serial port is its part's. */
  void close(String wire) {
    if (buses.containsKey(wire)) {
      buses.get(wire).close();
    }
  }

  /** A part at a serial port or a sound card has a wire, and so a thread, for itself. */
  static String wireName(SensorSettings settings) {
    return switch (settings.driver()) {
      case "pms5003", "sds011" -> "serial-" + settings.name();
      case "microphone" -> "audio-" + settings.name();
      default -> settings.bus();
    };
  }

  private Stream<String> names() {
    return config.sensors().stream().map(SensorSettings::name);
  }
}
