package dev.streetbox.driver;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.nio.IntBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sensirion SPS30 particulate matter sensor on I2C, address 0x69, in floats or in whole numbers
 * (datasheet v1.0, March 2020; section numbers below are its own).
 *
 * <p>Gives the masses up to 1, 2.5, 4 and 10 µm, the number concentrations from 0.3 µm up to 0.5,
 * 1, 2.5, 4 and 10 µm, and the typical particle size. Flags: PM_WARMUP for the start-up time;
 * PM_FAULT while the status register reports the fan or the laser, then without readings, or a fan
 * speed out of range (then the air flow, and so every concentration, is off); PM_STUCK;
 * OUT_OF_RANGE.
 *
 * <p>Its fan cleans itself in the start-up time once the {@link FanLog} says that it is due; its
 * values stand still meanwhile, and PM_WARMUP lasts for 10 s more.
 *
 * <p>A part that lost its 5 V for a moment answers again, but idle: it refuses, or never has new
 * values. Both are an exception of {@link #read}, and starting it anew repairs it.
 *
 * <p>It is stopped and not reset before it is started: after a reset its pins may disturb the bus
 * for half a second (seen by the Linux driver), and a stop brings it to idle just as well. Used by
 * the bus's thread.
 */
public final class Sps30 implements Sensor {
  /** The commands (6.3). Where the datasheet gives no time, 5 ms as in Sensirion's own driver. */
  private enum Command implements SensirionPort.Command {
    START(0x0010, 20),
    STOP(0x0104, 20),
    DATA_READY(0x0202, 5),
    VALUES(0x0300, 5),
    WAKE(0x1103, 5),
    PRODUCT(0xD002, 5),
    CLEAN(0x5607, 5),
    VERSION(0xD100, 5),
    STATUS(0xD206, 5),
    CLEAR_STATUS(0xD210, 5);

    private final int code;
    private final int ms;

    Command(int code, int ms) {
      this.code = code;
      this.ms = ms;
    }

    @Override
    public int code() {
      return code;
    }

    @Override
    public Duration duration() {
      return Duration.ofMillis(ms);
    }
  }

  /** How it says its values (6.3.1): the argument of START, and the words of a value. */
  public enum Format {
    /** Big-endian IEEE 754, sizes in µm. */
    FLOAT(0x0300, 2, Duration.ofMinutes(1)),
    /** Whole µg/m³ and 1/cm³, sizes in nm; from firmware 2.0 on. */
    INTEGER(0x0500, 1, Duration.ofMinutes(5));

    private final int code;
    private final int words;
    private final Duration frozen;

    /** Ten floats have noise to the last bit; only fan cleaning, 10 s, freezes them. */
    Format(int code, int words, Duration frozen) {
      this.code = code;
      this.words = words;
      this.frozen = frozen;
    }
  }

  /** The product type of every SPS30 (6.3.9), known from firmware 2.0 on. */
  private static final String PRODUCT_TYPE = "00080000";

  private static final int FIRMWARE_WITH_PRODUCT = 0x0200;
  private static final int FIRMWARE_WITH_INTEGERS = 0x0200;
  private static final int FIRMWARE_WITH_STATUS = 0x0202;

  /** Status (4.4): fan speed out of range, laser current out of range, fan not turning. */
  private static final int SPEED = 1 << 21;

  private static final int LASER = 1 << 5;
  private static final int FAN = 1 << 4;

  /** A new set comes every 1 ± 0.04 s (table 1): four missed are a part that is not measuring. */
  private static final long SILENCE_MS = 4_000;

  private static final Sample BLIND = new Sample(Map.of(), Set.of(Quality.PM_FAULT));

  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** Two of its periods and a half: it may be just too late for a read, by its 4 %. */
  private static final Duration FRESH = Duration.ofMillis(2_500);

  /** Ranges (table 1); beyond them it goes on sending numbers, up to 100,000. */
  private static final double GREATEST_MASS = 1000;

  private static final double GREATEST_COUNT = 3000;
  private static final double GREATEST_SIZE = 10;

  private static final List<Quantity> MASSES =
      List.of(Quantity.PM1, Quantity.PM2_5, Quantity.PM4, Quantity.PM10);
  private static final List<Quantity> COUNTS =
      List.of(Quantity.NC0_5, Quantity.NC1, Quantity.NC2_5, Quantity.NC4, Quantity.NC10);
  private static final int SIZE_AT = MASSES.size() + COUNTS.size();
  private static final int TOTAL_COUNT_AT = SIZE_AT - 1;
  private static final int VALUES = SIZE_AT + 1;

  private final SensirionPort port;
  private final Time time;
  private final Format format;
  private final FanLog fan;
  private final Frozen frozen;
  private final StickyStatus sticky = new StickyStatus(FAN);

  private boolean hasStatus;
  private boolean measured;
  private long startTickMs;
  private long setTickMs;

  /** The part at this port; nothing is sent yet. */
  public Sps30(I2cPort port, Time time, Format format, FanLog fan) {
    this.port = new SensirionPort("SPS30", port, time);
    this.time = time;
    this.format = format;
    this.fan = fan;
    this.frozen = new Frozen(format.frozen);
  }

  /**
   * Wakes, stops, identifies and starts the part, from sleep, idle or measuring.
   *
   * @throws FrameException if another part answers (a SEN5x has the same address)
   */
  @Override
  public void start() throws IOException {
    // Asleep it needs the command twice, and awake it may refuse both (6.3.6).
    port.sendIfTaken(Command.WAKE);
    port.sendIfTaken(Command.WAKE);
    port.sendIfTaken(Command.STOP);
    int firmware = port.ask(Command.VERSION, 1)[0];
    if (firmware >= FIRMWARE_WITH_PRODUCT) {
      identify();
    }
    if (format == Format.INTEGER && firmware < FIRMWARE_WITH_INTEGERS) {
      throw new FrameException(
          "SPS30: its firmware "
              + (firmware >> 8)
              + " has no whole numbers. Try: mode = \"float\" in its [[sensor]]");
    }
    hasStatus = firmware >= FIRMWARE_WITH_STATUS;
    if (hasStatus) {
      // A fan fault stays set until it is cleared, long after the fan turns again (4.4).
      port.send(Command.CLEAR_STATUS);
    }
    port.send(Command.START, format.code);
    startTickMs = time.tickMs();
    setTickMs = startTickMs;
    measured = false;
    frozen.reset();
    sticky.reset();
  }

  /**
   * The next set of values, if there is one.
   *
   * @throws BusException if the part refuses, or has nothing new for 4 s: it is idle
   * @throws FrameException if any checksum is wrong; no value is given then
   */
  @Override
  public Sample read() throws IOException {
    long now = time.tickMs();
    if ((port.ask(Command.DATA_READY, 1)[0] & 1) == 0) {
      return notReady(now);
    }
    int[] words = port.ask(Command.VALUES, format.words * VALUES);
    fan.runs(Duration.ofMillis(now - setTickMs));
    setTickMs = now;
    measured = true;
    int status = hasStatus ? status(now) : 0;
    if ((status & (LASER | FAN)) != 0) {
      return BLIND;
    }
    Draft draft = decode(format, words);
    double total = value(format, words, TOTAL_COUNT_AT);
    boolean settling = now - startTickMs < startUp(total).toMillis();
    if (settling && fan.isDue()) {
      clean(now);
    }
    draft.flagIf(settling, Quality.PM_WARMUP);
    draft.flagIf((status & SPEED) != 0, Quality.PM_FAULT);
    draft.flagIf(frozen.takes(IntBuffer.wrap(words), now), Quality.PM_STUCK);
    return draft.sample();
  }

  @Override
  public Duration period() {
    return PERIOD;
  }

  @Override
  public Duration fresh() {
    return FRESH;
  }

  /** Stops the part: fan and laser off. */
  @Override
  public void close() {
    try {
      port.send(Command.STOP);
    } catch (IOException e) {
      // It no longer answers: there is nothing to stop.
    }
  }

  /** In the start-up time, where it costs no good value; after it, the fan starts once more. */
  private void clean(long now) throws IOException {
    port.send(Command.CLEAN);
    fan.cleaned();
    startTickMs = now + FanLog.CLEANING.toMillis();
  }

  private void identify() throws IOException {
    String product = SensirionPort.text(port.ask(Command.PRODUCT, PRODUCT_TYPE.length() / 2));
    if (!product.equals(PRODUCT_TYPE)) {
      throw new FrameException(
          "SPS30: product type \""
              + product
              + "\" instead of \""
              + PRODUCT_TYPE
              + "\": another part answers (a SEN5x has the same address)");
    }
  }

  private int status(long now) throws IOException {
    int[] words = port.ask(Command.STATUS, 2);
    int bits = words[0] << 16 | words[1];
    if (sticky.showsErrors(bits)) {
      port.send(Command.CLEAR_STATUS);
    }
    return sticky.take(bits, now);
  }

  private Sample notReady(long now) throws BusException {
    if (now - setTickMs >= SILENCE_MS) {
      throw new BusException(
          "SPS30: no new values for 4 s: it fell back to idle, as after a dip of its 5 V",
          BusException.UNKNOWN);
    }
    return measured ? Sample.NOTHING : new Sample(Map.of(), Set.of(Quality.PM_WARMUP));
  }

  /** Ten values: four masses in µg/m³, five counts per cm³, the typical size in µm (4.3). */
  static Draft decode(Format format, int[] words) {
    Draft draft = new Draft();
    for (int i = 0; i < MASSES.size(); i++) {
      draft.put(MASSES.get(i), value(format, words, i), 0, GREATEST_MASS);
    }
    for (int i = 0; i < COUNTS.size(); i++) {
      double count = value(format, words, MASSES.size() + i);
      draft.put(COUNTS.get(i), count, 0, GREATEST_COUNT);
    }
    double size = value(format, words, SIZE_AT);
    if (size != 0) {
      // 0 means that there was no particle to size.
      draft.put(Quantity.PARTICLE_SIZE, size, 0, GREATEST_SIZE);
    }
    return draft;
  }

  /** The value of that index: a float in two words, the high one first, or one word (6.3.4). */
  private static double value(Format format, int[] words, int index) {
    return switch (format) {
      case FLOAT -> Float.intBitsToFloat(words[2 * index] << 16 | words[2 * index + 1]);
      case INTEGER -> index == SIZE_AT ? words[index] / 1000.0 : words[index];
    };
  }

  /**
   * How long after its start the part needs for good values: the less there is to count, the longer
   * (table 1, "start-up time"). Below 50 per cm³ the datasheet says nothing: its longest.
   *
   * @param total the number concentration of all particles, 1/cm³
   */
  static Duration startUp(double total) {
    int seconds = total >= 200 ? 8 : total >= 100 ? 16 : 30;
    return Duration.ofSeconds(seconds);
  }
}
