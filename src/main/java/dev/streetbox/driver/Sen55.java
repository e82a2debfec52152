package dev.streetbox.driver;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Drives a Sensirion SEN55, SEN54 or SEN50 on I2C, address 0x69 (datasheet v2, March 2022, and the
 * application notes on raw values and on number concentrations). The product name identifies the
 * part: a SEN54 has no NOx, a SEN50 neither gas nor temperature and humidity.
 *
 * <p>Gives the readings of {@link Sen55Words}. Flags: PM_WARMUP for the start-up time, and, then
 * without PM, while the fan is cleaned; PM_FAULT while fan or laser fail or the values are
 * impossible ({@link SensirionParticles#putAll}), then without PM, or while the fan's speed is out
 * of range; PM_STUCK; GAS_WARMUP while an index cannot show unusual air yet, 46 minutes; GAS_FAULT,
 * without gas; OUT_OF_RANGE. Temperature and humidity are omitted while their sensor fails.
 *
 * <p>A part that lost its 5 V for a moment answers again, but is idle. So 4 s without new values
 * are an exception of {@link #read}, after which the part must be started again. Used by the bus's
 * thread.
 */
public final class Sen55 implements Sensor {
  // Commands (datasheet, 6.1; the name: Sensirion's own driver) that an SPS30 does not share.
  private static final SensirionCommand START = SensirionCommand.ofMillis(0x0021, 50);
  private static final SensirionCommand VALUES = SensirionCommand.ofMillis(0x03C4, 20);
  private static final SensirionCommand RAW = SensirionCommand.ofMillis(0x03D2, 20);
  private static final SensirionCommand NUMBERS = SensirionCommand.ofMillis(0x0413, 20);
  private static final SensirionCommand NAME = SensirionCommand.ofMillis(0xD014, 50);

  /** Time to stop (datasheet, 6.1). */
  private static final Duration STOP_WAIT = Duration.ofMillis(200);

  /** Time of each command shared with the SPS30 (datasheet, 6.1). */
  private static final Duration WAIT = Duration.ofMillis(20);

  private static final Set<String> NAMES = Set.of("SEN50", "SEN54", "SEN55");
  private static final int NAME_WORDS = 16;
  private static final Duration SERIAL_WAIT = Duration.ofMillis(50);

  /** Limit of ten unchanged words of particles, which no air with dust reaches. */
  private static final Duration FROZEN = Duration.ofMinutes(5);

  /**
   * Time until both indices show unusual air; VOC is the slower one, see {@link GasIndex#learning}.
   */
  private static final long LEARNING_MS = Duration.ofSeconds(46 + 45 * 60).toMillis();

  private final SensirionPort port;
  private final Time time;
  private final SensirionParticles particles;
  private final StuckDetector stuck = new StuckDetector(FROZEN);

  private PartIdentity identity = PartIdentity.NONE;
  private String name = "";
  private long startTickMs;
  private long cleaningTickMs;
  private String cause = "";

  /** Creates a driver of the part at this port and sends nothing yet. */
  public Sen55(I2cPort port, Time time, FanHours fanHours) {
    this.port = new SensirionPort("SEN55", port, time);
    this.time = time;
    this.particles =
        new SensirionParticles(
            "SEN55", this.port, time, fanHours, STOP_WAIT, WAIT, Sen55Status.ERRORS);
  }

  /**
   * Stops, identifies and starts the part, from idle or measuring.
   *
   * @throws FrameException if another part answers (an SPS30 has the same address)
   */
  @Override
  public void start() throws IOException {
    identify(particles.stopIfAcknowledged());
    particles.clearStatus();
    startTickMs = particles.start(START);
    cleaningTickMs = startTickMs;
    stuck.reset();
  }

  /**
   * Reads the next set of values, if there is one.
   *
   * @throws BusException if the part does not acknowledge, or has no new values for 4 s, because it
   *     is idle
   * @throws FrameException if any checksum is wrong; no value is given then
   */
  @Override
  public Sample read() throws IOException {
    long now = time.tickMs();
    if (!particles.hasNewSet(now)) {
      return particles.withoutNewSet();
    }
    Sen55Words words =
        new Sen55Words(
            port.ask(VALUES, Sen55Words.VALUES),
            port.ask(NUMBERS, Sen55Words.NUMBERS),
            port.ask(RAW, Sen55Words.RAW));
    particles.countSet(now);
    Sen55Status status = Sen55Status.of(particles.status(now));
    if (now - cleaningTickMs < startUp(words.total()).toMillis()) {
      particles.cleanIfDue();
    }
    return sample(words, status, now);
  }

  @Override
  public Optional<String> remark() {
    return Optional.of(cause).filter(text -> !text.isEmpty());
  }

  @Override
  public PartIdentity identity() {
    return identity;
  }

  @Override
  public Rhythm rhythm() {
    return SensirionParticles.RHYTHM;
  }

  /** Stops the part, which switches fan, laser and heater off. */
  @Override
  public void close() {
    particles.close();
  }

  /**
   * Reads and checks the product name.
   *
   * @param present whether a part has acknowledged at the address
   */
  private void identify(boolean present) throws IOException {
    try {
      name = SensirionPort.text(port.ask(NAME, NAME_WORDS));
    } catch (BusException e) {
      if (present && e.isNack()) {
        throw new FrameException(
            "SEN55: it does not answer with its name: is it an SPS30 (driver sps30)?");
      }
      throw e;
    }
    if (!NAMES.contains(name)) {
      throw new FrameException(
          "SEN55: its name is \"" + name + "\": another part answers at its address");
    }
    identity = new PartIdentity(port.serial(SERIAL_WAIT), "");
  }

  private Sample sample(Sen55Words words, Sen55Status status, long now) {
    SampleBuilder builder = new SampleBuilder();
    if (status.cleaning()) {
      cleaningTickMs = now;
    }
    boolean settling = now - cleaningTickMs < startUp(words.total()).toMillis();
    if (!status.cleaning() && !status.particlesFail()) {
      boolean known = words.putParticles(builder);
      builder.flagIf(!known && !settling, Quality.PM_FAULT);
      builder.flagIf(stuck.isStuck(words.particles(), now), Quality.PM_STUCK);
    }
    builder.flagIf(settling, Quality.PM_WARMUP);
    builder.flagIf(status.particlesFail() || status.fanSpeedWrong(), Quality.PM_FAULT);
    if (!status.airFails()) {
      words.putAir(builder);
    }
    if (!status.gasFails()) {
      words.putGas(builder);
      builder.flagIf(hasGas() && now - startTickMs < LEARNING_MS, Quality.GAS_WARMUP);
    }
    builder.flagIf(status.gasFails(), Quality.GAS_FAULT);
    cause = builder.cause();
    return builder.build();
  }

  /** Returns whether the part measures gas; a SEN50 does not. */
  private boolean hasGas() {
    return !name.equals("SEN50");
  }

  /**
   * Returns the time from the fan's start to good particle values (application note "Reduced Power
   * Operation"): 16 s above 100 per cm³, else 30 s.
   *
   * @param total the number concentration of all particles, 1/cm³
   */
  static Duration startUp(double total) {
    return Duration.ofSeconds(total > 100 ? 16 : 30);
  }
}
