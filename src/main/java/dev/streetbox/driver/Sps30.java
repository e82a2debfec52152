package dev.streetbox.driver;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.nio.IntBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Drives a Sensirion SPS30 particulate matter sensor on I2C, address 0x69, in floats or in whole
 * numbers (datasheet v1.0, March 2020, also for the sections below).
 *
 * <p>Gives the masses up to 1, 2.5, 4 and 10 µm, the number concentrations from 0.3 µm up to 0.5,
 * 1, 2.5, 4 and 10 µm, and the typical particle size. Flags: PM_WARMUP for the start-up time;
 * PM_FAULT, without readings, while the status register reports the fan or the laser, or the values
 * are impossible ({@link SensirionParticles#putAll}); PM_FAULT with readings for a fan speed out of
 * range, with which the air flow and so every concentration is wrong; PM_STUCK; OUT_OF_RANGE.
 *
 * <p>The fan is cleaned in the start-up time, if a cleaning is due by {@link FanHours}; meanwhile
 * the values do not change, and PM_WARMUP lasts for 10 s more.
 *
 * <p>A part that lost its 5 V for a moment answers again, but is idle: it does not acknowledge, or
 * never has new values. Both are an exception of {@link #read}, after which the part must be
 * started again.
 *
 * <p>The part is stopped and not reset before it is started, because after a reset its pins may
 * disturb the bus for half a second (noted in the Linux driver), and a stop brings it to idle as
 * well. Used by the bus's thread.
 */
public final class Sps30 implements Sensor {
  // Commands (6.3) that a SEN5x does not share.
  private static final SensirionCommand START = SensirionCommand.ofMillis(0x0010, 20);
  private static final SensirionCommand READ = SensirionCommand.ofMillis(0x0300, 5);
  private static final SensirionCommand WAKE = SensirionCommand.ofMillis(0x1103, 5);
  private static final SensirionCommand PRODUCT = SensirionCommand.ofMillis(0xD002, 5);
  private static final SensirionCommand VERSION = SensirionCommand.ofMillis(0xD100, 5);

  private static final Duration SHORT_WAIT = Duration.ofMillis(5);
  private static final Duration STOP_WAIT = Duration.ofMillis(20);

  /** Time of commands for which the datasheet gives none: 5 ms as in Sensirion's own driver. */
  private static final Duration WAIT = Duration.ofMillis(5);

  /**
   * Names the format of the values (6.3.1): the argument of START, the words of a value, the
   * greatest difference that rounding two values can cause, and the limit of unchanged values.
   */
  public enum Format {
    /** Big-endian IEEE 754, sizes in µm. */
    FLOAT(0x0300, 2, 0.01, Duration.ofMinutes(1)),
    /** Whole µg/m³ and 1/cm³, sizes in nm; from firmware 2.0 on. */
    INTEGER(0x0500, 1, 1, Duration.ofMinutes(5));

    private final int code;
    private final int words;
    private final double rounding;
    private final Duration frozen;

    /**
     * Keeps the constants; only a fan cleaning of 10 s freezes ten floats with noise in the last
     * bit.
     */
    Format(int code, int words, double rounding, Duration frozen) {
      this.code = code;
      this.words = words;
      this.rounding = rounding;
      this.frozen = frozen;
    }
  }

  /** Product type of every SPS30 (6.3.9), which it answers from firmware 2.0 on. */
  private static final String PRODUCT_TYPE = "00080000";

  private static final int FIRMWARE_WITH_PRODUCT = 0x0200;
  private static final int FIRMWARE_WITH_INTEGERS = 0x0200;
  private static final int FIRMWARE_WITH_STATUS = 0x0202;

  /** Status (4.4): fan speed out of range, laser current out of range, fan not turning. */
  private static final int SPEED = 1 << 21;

  private static final int LASER = 1 << 5;
  private static final int FAN = 1 << 4;

  private static final Sample PARTICLES_FAIL = new Sample(Map.of(), Set.of(Quality.PM_FAULT));

  private final SensirionPort port;
  private final Time time;
  private final Format format;
  private final SensirionParticles particles;
  private final StuckDetector stuck;

  private PartIdentity identity = PartIdentity.NONE;
  private boolean hasStatus;
  private long startTickMs;
  private String cause = "";

  /** Creates a driver of the part at this port and sends nothing yet. */
  public Sps30(I2cPort port, Time time, Format format, FanHours fanHours) {
    this.port = new SensirionPort("SPS30", port, time);
    this.time = time;
    this.format = format;
    this.particles =
        new SensirionParticles("SPS30", this.port, time, fanHours, STOP_WAIT, WAIT, FAN);
    this.stuck = new StuckDetector(format.frozen);
  }

  /**
   * Wakes, stops, identifies and starts the part, from sleep, idle or measuring.
   *
   * @throws FrameException if another part answers (a SEN5x has the same address)
   */
  @Override
  public void start() throws IOException {
    // A sleeping part needs the command twice, and one awake may acknowledge neither (6.3.6).
    port.sendIfAcknowledged(WAKE);
    port.sendIfAcknowledged(WAKE);
    particles.stopIfAcknowledged();
    int firmware = port.ask(VERSION, 1)[0];
    String serial = firmware >= FIRMWARE_WITH_PRODUCT ? identify() : "";
    identity = new PartIdentity(serial, (firmware >> 8) + "." + (firmware & 0xff));
    if (format == Format.INTEGER && firmware < FIRMWARE_WITH_INTEGERS) {
      throw new FrameException(
          "SPS30: its firmware "
              + (firmware >> 8)
              + " has no whole numbers. Try: mode = \"float\" in its [[sensor]]");
    }
    hasStatus = firmware >= FIRMWARE_WITH_STATUS;
    if (hasStatus) {
      particles.clearStatus();
    }
    startTickMs = particles.start(START, format.code);
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
    int[] words = port.ask(READ, format.words * SensirionParticles.VALUES);
    particles.countSet(now);
    int status = hasStatus ? particles.status(now) : 0;
    if ((status & (LASER | FAN)) != 0) {
      cause = "its status register reports " + ((status & FAN) != 0 ? "the fan" : "the laser");
      return PARTICLES_FAIL;
    }
    SampleBuilder builder = decode(format, words);
    double total = value(format, words, SensirionParticles.TOTAL_AT);
    boolean settling = now - startTickMs < startUp(total).toMillis();
    if (settling && particles.cleanIfDue()) {
      startTickMs =
          now + FanHours.CLEANING.toMillis(); // the start-up time begins again after the cleaning
    }
    builder.flagIf(settling, Quality.PM_WARMUP);
    builder.flagIf((status & SPEED) != 0, Quality.PM_FAULT);
    builder.flagIf(stuck.isStuck(IntBuffer.wrap(words), now), Quality.PM_STUCK);
    cause = builder.cause();
    return builder.build();
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

  /** Stops the part, which switches fan and laser off. */
  @Override
  public void close() {
    particles.close();
  }

  private String identify() throws IOException {
    String product = SensirionPort.text(port.ask(PRODUCT, PRODUCT_TYPE.length() / 2));
    if (!product.equals(PRODUCT_TYPE)) {
      throw new FrameException(
          "SPS30: product type \""
              + product
              + "\" instead of \""
              + PRODUCT_TYPE
              + "\": another part answers (a SEN5x has the same address)");
    }
    return port.serial(SHORT_WAIT);
  }

  /**
   * Decodes ten values: four masses in µg/m³, five counts per cm³, the typical size in µm (4.3).
   */
  static SampleBuilder decode(Format format, int[] words) {
    double[] values = new double[SensirionParticles.VALUES];
    boolean numbers = true;
    for (int i = 0; i < values.length; i++) {
      values[i] = value(format, words, i);
      numbers &= Double.isFinite(values[i]);
    }
    SampleBuilder builder = new SampleBuilder();
    if (numbers) {
      SensirionParticles.putAll(builder, format.rounding, values);
    } else {
      builder.flagIf(true, Quality.OUT_OF_RANGE);
      builder.fail(Quality.PM_FAULT, "a value is not a number");
    }
    return builder;
  }

  /**
   * Returns the value of that index: a float in two words, high word first, or one word (6.3.4).
   */
  private static double value(Format format, int[] words, int index) {
    return switch (format) {
      case FLOAT -> Float.intBitsToFloat(words[2 * index] << 16 | words[2 * index + 1]);
      case INTEGER -> index == SensirionParticles.SIZE_AT ? words[index] / 1000.0 : words[index];
    };
  }

  /**
   * Returns the time from the start to good values, which is the longer, the fewer particles there
   * are (table 1, "start-up time"). Below 50 per cm³, for which the datasheet gives none, it is the
   * longest one.
   *
   * @param total the number concentration of all particles, 1/cm³
   */
  static Duration startUp(double total) {
    int seconds = total >= 200 ? 8 : total >= 100 ? 16 : 30;
    return Duration.ofSeconds(seconds);
  }
}
