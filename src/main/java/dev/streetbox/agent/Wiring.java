package dev.streetbox.agent;

import dev.streetbox.bus.Time;
import dev.streetbox.calibrate.Revision;
import dev.streetbox.driver.GnssState;
import dev.streetbox.driver.Gpsd;
import dev.streetbox.driver.Microphone;
import dev.streetbox.driver.Sensor;
import dev.streetbox.measure.ClockReading;
import dev.streetbox.measure.Faults;
import dev.streetbox.part.DriverContext;
import dev.streetbox.part.SensorSettings;
import dev.streetbox.sample.Board;
import dev.streetbox.sample.MeasuredQuantities;
import dev.streetbox.sample.SampledSensor;
import dev.streetbox.sample.Sampler;
import dev.streetbox.sound.MicrophoneSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** Joins the configured parts to their buses: one sampler for each bus or port. */
final class Wiring {
  /** The receiver's name among the sensors. */
  static final String GNSS = "gnss";

  /**
   * Holds a bus or port with everything on it.
   *
   * @param name the bus, which names its thread
   * @param sampler the duty that reads the bus's parts
   * @param close releases the bus itself, after the sampler
   */
  record BusDuty(String name, Sampler sampler, Runnable close) {}

  private final Config config;
  private final Time time;
  private final Faults faults;
  private final Optional<Revision> calibration;
  private final ConfiguredHardware hardware;
  private final PersistedStates files;
  private final Board board;
  private RunHours runHours;
  private final Optional<Gpsd> gnss;
  private final Map<String, Microphone> microphones = new LinkedHashMap<>();

  /**
   * Makes the board and the receiver's driver; opens nothing, because buses and ports open at their
   * sampler's first use.
   *
   * @param clock takes the receiver's time of day, on the thread of its port
   * @param utcMs the trusted time of day at a tick, in ms since 1970, if there is one; called by
   *     many threads
   * @param calibration the calibration of this box's parts, if there is one
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
    this.files = new PersistedStates(config.store().dataDir(), utcMs, time, faults);
    this.board = new Board(measured(), time.tickMs());
    this.gnss = hardware.gpsd().map(port -> new Gpsd(port, config.gnss().device(), time, clock));
  }

  /** Returns the latest reading of every sensor. */
  Board board() {
    return board;
  }

  /**
   * Returns the receiver's state as of gpsd's last report, if one is configured; callable by any
   * thread.
   */
  Optional<GnssState> gnssState() {
    return gnss.map(Gpsd::state);
  }

  /** Returns the receiver, not started, if one is configured. */
  Optional<Gpsd> receiver() {
    return gnss;
  }

  /** Makes every bus and port that the configuration needs; called once. */
  List<BusDuty> buses() {
    Map<String, List<SampledSensor>> sensors = new LinkedHashMap<>();
    for (SensorSettings settings : config.sensors()) {
      sensors
          .computeIfAbsent(settings.bus(), any -> new ArrayList<>())
          .add(new SampledSensor(settings.name(), sensor(settings), settings.period()));
    }
    gnss.ifPresent(
        gpsd -> sensors.put(GNSS, List.of(new SampledSensor(GNSS, gpsd, Duration.ZERO))));
    List<BusDuty> buses = new ArrayList<>();
    sensors.forEach(
        (bus, parts) ->
            buses.add(
                new BusDuty(
                    bus,
                    new Sampler(bus, parts, board, faults, time),
                    () -> hardware.release(bus))));
    runHours =
        new RunHours(
            config.sensors(),
            () -> buses.stream().flatMap(bus -> bus.sampler().status().stream()).toList(),
            time);
    if (!config.sensors().isEmpty()) {
      files.runHours(runHours);
    }
    return buses;
  }

  /** Returns the hours of the parts of {@link #buses}. */
  RunHours runHours() {
    return runHours;
  }

  /**
   * Returns the duties that keep the states of the parts of {@link #buses}; to be stopped after
   * those.
   */
  List<PersistedState> persistedStates() {
    return files.all();
  }

  /** Returns the microphones of {@link #buses} by name, for their calibrator tones. */
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
                () -> board.air(time.tickMs()),
                () -> files.gasIndex(own.name()),
                () -> files.fanHours(own.name())));
    if (sensor instanceof Microphone microphone) {
      microphones.put(own.name(), microphone);
    }
    return sensor;
  }

  /**
   * Replaces a microphone's configured sensitivity by a calibrated one of the same type, if there
   * is one.
   */
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

  /** Returns each sensor's quantities in the order of the configuration, the receiver's last. */
  private List<MeasuredQuantities> measured() {
    Stream<MeasuredQuantities> parts =
        config.sensors().stream()
            .map(settings -> new MeasuredQuantities(settings.name(), settings.quantities()));
    return Stream.concat(parts, Stream.of(new MeasuredQuantities(GNSS, Set.of()))).toList();
  }
}
