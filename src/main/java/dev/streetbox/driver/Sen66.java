package dev.streetbox.driver;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Drives a Sensirion SEN66 on I2C, address 0x6B, at most 100 kbit/s. Commands and times are those
 * of Sensirion's arduino-i2c-sen66 1.7.0, since the datasheet was not read. The other SEN6x share
 * the address and are refused by their names.
 *
 * <p>Gives the fields of {@link Sen66Words}. Flags: PM_WARMUP for 30 s after a start and while the
 * fan is cleaned, then without any value; PM_FAULT if fan or particle sensor fail or the values are
 * impossible ({@link SensirionParticles#putAll}), then without PM, and if the fan's speed is out of
 * range; PM_STUCK; GAS_WARMUP while an index could not tell unusual air yet, 46 minutes; GAS_FAULT
 * if VOC, NOx or CO2 fail or stay unknown, or a pixel gives a signal that no index resolves;
 * OUT_OF_RANGE. If the fan stands still, no value is given: all of them would be of the air inside
 * the part.
 *
 * <p>A part that lost its supply for a moment answers again, but idle: nothing new for 4 s is an
 * exception of {@link #read}, and a new start repairs it. Used by the bus's thread.
 */
public final class Sen66 implements Sensor {
  // The commands that an SPS30 does not have, with the times of Sensirion's driver.
  private static final SensirionCommand START = SensirionCommand.ofMillis(0x0021, 50);
  private static final SensirionCommand VALUES = SensirionCommand.ofMillis(0x0300, 20);
  private static final SensirionCommand NUMBERS = SensirionCommand.ofMillis(0x0316, 20);
  private static final SensirionCommand RAW = SensirionCommand.ofMillis(0x0405, 20);
  private static final SensirionCommand NAME = SensirionCommand.ofMillis(0xD014, 20);

  /**
   * The time to stop; drivers before 2026 waited for 1000 ms. The driver returns meanwhile, because
   * every other part on the bus would miss a second.
   */
  private static final Duration STOPPING = Duration.ofMillis(1_400);

  /** The time of every command that an SPS30 has too. */
  private static final Duration WAIT = Duration.ofMillis(20);

  private static final String SEN66 = "SEN66";
  private static final int NAME_WORDS = 16;
  private static final Duration SERIAL_WAIT = Duration.ofMillis(20);

  /** The time until particle values are in specification. */
  private static final Duration START_UP = Duration.ofSeconds(30);

  /** CO2 is unknown for 5 to 6 s after power-on, NOx for 10 to 11 s; and one set more. */
  private static final Duration GAS_UNKNOWN = Duration.ofSeconds(13);

  /** The time until both indices can tell unusual air: VOC is the slower, see {@link GasIndex}. */
  private static final Duration LEARNING = Duration.ofSeconds(46 + 45 * 60);

  /** Nine words of particles are never all equal for that long in air with any dust. */
  private static final Duration FROZEN = Duration.ofMinutes(5);

  private static final Sample NOT_MEASURING = new Sample(Map.of(), Set.of(Quality.PM_WARMUP));

  private final SensirionPort port;
  private final Time time;
  private final FanHours fanHours;
  private final SensirionParticles particles;
  private final StuckDetector stuck = new StuckDetector(FROZEN);

  private PartIdentity identity = PartIdentity.NONE;
  private boolean measuring;
  private boolean identified;
  private boolean cleaningNext;
  private long idleTickMs;
  private long fanTickMs;
  private long gasTickMs;
  private String cause = "";

  /** Takes the part at this port; nothing is sent yet. */
  public Sen66(I2cPort port, Time time, FanHours fanHours) {
    this.port = new SensirionPort(SEN66, port, time);
    this.time = time;
    this.fanHours = fanHours;
    this.particles =
        new SensirionParticles(
            SEN66, this.port, time, fanHours, Duration.ZERO, WAIT, Sen66Status.ERRORS);
  }

  /**
   * Stops the part, from idle or measuring. If the part is idle already, this identifies and starts
   * it too; otherwise {@link #read} does, once the part has stopped.
   *
   * @throws FrameException if another part answers, such as a SEN63C
   */
  @Override
  public void start() throws IOException {
    identified = false;
    cleaningNext = false;
    stop();
    advance(time.tickMs());
  }

  /**
   * Returns the next set of values, if there is one.
   *
   * @throws BusException if the part refuses, or has nothing new for 4 s: it is idle
   * @throws FrameException if any checksum is wrong, or another part answers; no value is given
   *     then
   */
  @Override
  public Sample read() throws IOException {
    long now = time.tickMs();
    if (!measuring) {
      advance(now);
      return NOT_MEASURING;
    }
    if (!particles.hasNewSet(now)) {
      return particles.withoutNewSet();
    }
    Sen66Words words =
        new Sen66Words(
            port.ask(VALUES, Sen66Words.VALUES),
            port.ask(NUMBERS, Sen66Words.NUMBERS),
            port.ask(RAW, Sen66Words.RAW));
    particles.countSet(now);
    Sen66Status status = Sen66Status.of(particles.status(now));
    Sample sample = sample(words, status, now);
    if (isBefore(now, fanTickMs, START_UP) && fanHours.isCleaningDue()) {
      cleaningNext = true;
      stop();
    }
    return sample;
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

  /** Stops the part: fan, laser and heater off. */
  @Override
  public void close() {
    particles.close();
  }

  /** Asks for the name; a kit of December 2024 answers an empty one (arduino-i2c-sen66 #6). */
  private void identify() throws IOException {
    String name = SensirionPort.text(port.ask(NAME, NAME_WORDS));
    if (!name.isEmpty() && !name.equals(SEN66)) {
      throw new FrameException(
          "SEN66: its name is \"" + name + "\": another part answers at its address");
    }
    identity = new PartIdentity(port.serial(SERIAL_WAIT), "");
  }

  /** Stops the part, which takes until {@link #idleTickMs}; a cleaning that runs goes on. */
  private void stop() throws IOException {
    measuring = false;
    boolean stopping = particles.stopIfAcknowledged();
    long now = time.tickMs();
    idleTickMs = Math.max(idleTickMs, stopping ? now + STOPPING.toMillis() : now);
  }

  /**
   * Does the next step of an idle part: identifies it, cleans its fan if that is due, or starts the
   * measurement. Cleaning is allowed in idle only, unlike for a SEN55.
   */
  private void advance(long now) throws IOException {
    if (now < idleTickMs) {
      return;
    }
    if (!identified) {
      identify();
      particles.clearStatus();
      identified = true;
      gasTickMs = time.tickMs();
      stuck.reset();
    }
    if (cleaningNext && particles.cleanIfDue()) {
      cleaningNext = false;
      idleTickMs = time.tickMs() + FanHours.CLEANING.toMillis();
      return;
    }
    fanTickMs = particles.start(START);
    measuring = true;
  }

  private Sample sample(Sen66Words words, Sen66Status status, long now) {
    SampleBuilder builder = new SampleBuilder();
    boolean settling = isBefore(now, fanTickMs, START_UP);
    builder.flagIf(settling, Quality.PM_WARMUP);
    builder.flagIf(
        status.fanStopped() || status.particlesFail() || status.uneven(), Quality.PM_FAULT);
    builder.flagIf(
        status.fanStopped() || status.gasFails() || status.co2Fails(), Quality.GAS_FAULT);
    if (status.fanStopped()) {
      return builder.build();
    }
    if (!status.particlesFail()) {
      boolean known = words.putParticles(builder);
      builder.flagIf(!known && !settling, Quality.PM_FAULT);
      builder.flagIf(stuck.isStuck(words.particles(), now), Quality.PM_STUCK);
    }
    if (!status.airFails()) {
      words.putAir(builder);
    }
    putGas(builder, words, status, now);
    cause = builder.cause();
    return builder.build();
  }

  private void putGas(SampleBuilder builder, Sen66Words words, Sen66Status status, long now) {
    boolean known = true;
    if (!status.co2Fails()) {
      known = words.putCo2(builder);
    }
    if (!status.gasFails()) {
      known &= words.putIndices(builder);
      builder.flagIf(isBefore(now, gasTickMs, LEARNING), Quality.GAS_WARMUP);
    }
    builder.flagIf(!known && !isBefore(now, fanTickMs, GAS_UNKNOWN), Quality.GAS_FAULT);
  }

  private static boolean isBefore(long nowMs, long sinceMs, Duration end) {
    return nowMs - sinceMs < end.toMillis();
  }
}
