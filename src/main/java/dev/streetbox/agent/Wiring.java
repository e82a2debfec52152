package dev.streetbox.agent;

import dev.streetbox.bus.Time;
import dev.streetbox.calibrate.Revision;
import dev.streetbox.driver.GnssState;
import dev.streetbox.driver.Gpsd;
import dev.streetbox.driver.Microphone;
import dev.streetbox.driver.Sensor;
import dev.streetbox.measure.ClockReading;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import dev.streetbox.part.DriverContext;
import dev.streetbox.part.SensorSettings;
import dev.streetbox.sample.Board;
import dev.streetbox.sample.SampledSensor;
import dev.streetbox.sample.Sampler;
import dev.streetbox.sound.MicrophoneSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** Joins the configured parts to their buses: one sampler for each bus or port. */
final class Wiring {
  /** The positions' name among the sensors. */
  static final String GNSS = "gnss";

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
  private final Optional<Revision> calibration;
  private final ConfiguredHardware hardware;
  private final KeptFiles files;
  private final Board board;
  private final Optional<Gpsd> gnss;
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
      ConfiguredHardware hardware,
      Time time,
      Faults faults,
      Consumer<ClockReading> clock,
      LongFunction<OptionalLong> utcMs,
      Optional<Revision> calibration) {
    this.config = config;
    this.hardware = hardware;
    this.time = time;
    this.faults = faults;
    this.calibration = calibration;
    this.files = new KeptFiles(config.store().dataDir(), utcMs, time, faults);
    this.board = new Board(Stream.concat(names(), Stream.of(GNSS)).toList());
    this.gnss = hardware.gpsd().map(port -> new Gpsd(port, time, clock));
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
    Map<String, List<SampledSensor>> slots = new LinkedHashMap<>();
    for (SensorSettings settings : config.sensors()) {
      slots
          .computeIfAbsent(settings.bus(), any -> new ArrayList<>())
          .add(new SampledSensor(settings.name(), sensor(settings), settings.period()));
    }
    gnss.ifPresent(gpsd -> slots.put(GNSS, List.of(new SampledSensor(GNSS, gpsd, Duration.ZERO))));
    List<Wire> wires = new ArrayList<>();
    slots.forEach(
        (bus, parts) ->
            wires.add(
                new Wire(
                    bus,
                    new Sampler(bus, parts, board, faults, time),
                    () -> hardware.release(bus))));
    return wires;
  }

  /** The duties of the disk that the parts of {@link #wires} need; to be stopped after those. */
  List<PersistedState> memories() {
    return files.all();
  }

  /** The microphones of {@link #wires} by name, for what they notice besides their levels. */
  Map<String, Microphone> microphones() {
    return Map.copyOf(microphones);
  }

  /** Makes the driver of one configured part, not started. */
  Sensor sensor(SensorSettings settings) {
    SensorSettings own = calibrated(settings);
    Sensor sensor =
        own.driver(
            hardware.ports(own),
            new DriverContext(
                time,
                own.driverSettings(),
                this::air,
                () -> files.gas(own.name()),
                () -> files.fan(own.name())));
    if (sensor instanceof Microphone microphone) {
      microphones.put(own.name(), microphone);
    }
    return sensor;
  }

  /** A calibrator's sensitivity counts before the configured one, if it is the type's. */
  private SensorSettings calibrated(SensorSettings settings) {
    return settings.microphone().map(unit -> calibrated(settings, unit)).orElse(settings);
  }

  private SensorSettings calibrated(SensorSettings settings, MicrophoneSettings unit) {
    String type = unit.part().key();
    return calibration
        .map(known -> unit.calibrated(known.sensitivity(settings.name(), type)))
        .map(settings::withMicrophone)
        .orElse(settings);
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

  private Stream<String> names() {
    return config.sensors().stream().map(SensorSettings::name);
  }
}
