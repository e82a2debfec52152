package dev.streetbox.driver;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.time.Duration;

/**
 * Drives a DNMS, the noise node of sensor.community (a Teensy with an ICS-43434), on I2C, address
 * 0x55, in Sensirion's framing: the true LAeq of the interval between two commands, here of one
 * second (sensors-software airrohr-firmware, dnms_i2c; hbitter/DNMS firmware 2.4.5).
 *
 * <p>The node's LAmax is the greatest mean of a block of 125 ms and not the time weighting F: for a
 * burst of 200 ms it is 1 dB too high. So LAmax is never given as LAFmax; LAmin, LAeq and LAmax are
 * only checked for consistency.
 *
 * <p>Flags: NOISE_FLOOR near the microphone's own noise; NOISE_OVERLOAD if a block reached 116 dB;
 * NOISE_STUCK if the levels do not change, or, without a reading, if they lie far below a
 * microphone's own noise. Used by the bus's thread.
 */
public final class Dnms implements Sensor {
  // Commands (dnms_i2c.h). None needs a wait, because the node answers at once.
  private static final SensirionCommand VERSION = new SensirionCommand(0x0002, Duration.ZERO);
  private static final SensirionCommand CLOSE_INTERVAL =
      new SensirionCommand(0x0003, Duration.ZERO);
  private static final SensirionCommand READY = new SensirionCommand(0x0004, Duration.ZERO);
  private static final SensirionCommand LEVELS = new SensirionCommand(0x0005, Duration.ZERO);

  private static final int VERSION_WORDS = 9;
  private static final String NAME = "DNMS";

  /**
   * Interval of asking for READY; 50 polls are two blocks of 125 ms, and the node ends an interval
   * with its current block.
   */
  private static final Duration POLL = Duration.ofMillis(5);

  private static final int POLLS = 50;

  /** Start-up time: the node drops the first second, then 200 blocks of 2.9 ms. */
  private static final long START_UP_MS = 2_500;

  /** Longest interval that counts as a row's second. */
  private static final long LONGEST_MS = 1_500;

  /**
   * The microphone's own noise (DS-000069), 29 dB(A), and 5 dB, below which noise raises the level.
   */
  private static final double FLOOR_DB = 29 + 5;

  /** Least plausible level, dB(A); for a broken microphone the firmware gives 5.0 dB. */
  private static final double LEAST_DB = 29 - 10;

  /** Acoustic overload point of the microphone, dB. */
  private static final double OVERLOAD_DB = 116;

  /** Greatest plausible level, dB: the firmware's value for full scale. */
  private static final double GREATEST_DB = 125;

  private static final Rhythm RHYTHM = Rhythm.everySecond(Duration.ofMillis(1_500));

  /** Limit of unchanged levels; noise changes three floats of a working microphone sooner. */
  private static final Duration FROZEN = Duration.ofSeconds(30);

  /**
   * Holds the levels of one interval, dB re 20 µPa.
   *
   * @param leqDb the A-weighted energy mean
   * @param minDb the smallest mean of a block of 125 ms
   * @param maxDb the greatest one
   */
  record Levels(double leqDb, double minDb, double maxDb) {
    /** Decodes three big-endian floats of IEEE 754 in six words. */
    static Levels of(int[] words) {
      return new Levels(number(words, 0), number(words, 2), number(words, 4));
    }

    private static float number(int[] words, int at) {
      return Float.intBitsToFloat(words[at] << 16 | words[at + 1]);
    }

    /** Returns whether the mean lies between the extremes; false if one of them is NaN. */
    boolean areConsistent() {
      return minDb <= leqDb && leqDb <= maxDb;
    }
  }

  private final SensirionPort port;
  private final Time time;
  private final StuckDetector stuck = new StuckDetector(FROZEN);
  private PartIdentity identity = PartIdentity.NONE;
  private long startedMs;
  private long closedMs;

  /** Creates a driver of the node at this port and sends nothing yet. */
  public Dnms(I2cPort port, Time time) {
    this.port = new SensirionPort(NAME, port, time);
    this.time = time;
  }

  /**
   * Asks for the node's name and begins an interval. The node is not reset, because its reset
   * command does not restart it.
   *
   * @throws FrameException if another part answers
   */
  @Override
  public void start() throws IOException {
    String version = SensirionPort.text(port.ask(VERSION, VERSION_WORDS));
    if (!version.startsWith(NAME)) {
      throw new FrameException("DNMS: another part answers at its address, with '" + version + "'");
    }
    identity = new PartIdentity("", version.substring(NAME.length()).strip());
    startedMs = time.tickMs();
    stuck.reset();
    closeInterval();
  }

  /**
   * Ends the interval, which begins the next one, and reads its levels within a quarter of a
   * second.
   *
   * @return nothing while the node starts up, or if the interval was longer than 1.5 s, because a
   *     read was missed
   * @throws FrameException if a checksum is wrong; no level is given then
   * @throws BusException if the node is not ready after 250 ms
   */
  @Override
  public Sample read() throws IOException {
    long intervalMs = time.tickMs() - closedMs;
    closeInterval();
    if (!ready()) {
      if (closedMs - startedMs < START_UP_MS) {
        return Sample.NOTHING;
      }
      throw new BusException("DNMS: it does not end an interval", BusException.UNKNOWN);
    }
    int[] answer = port.ask(LEVELS, 6);
    if (intervalMs > LONGEST_MS) {
      return Sample.NOTHING;
    }
    SampleBuilder builder = decode(answer);
    builder.flagIf(stuck.isStuck(Levels.of(answer), closedMs), Quality.NOISE_STUCK);
    return builder.build();
  }

  @Override
  public PartIdentity identity() {
    return identity;
  }

  @Override
  public Rhythm rhythm() {
    return RHYTHM;
  }

  private void closeInterval() throws IOException {
    port.send(CLOSE_INTERVAL);
    closedMs = time.tickMs();
  }

  private boolean ready() throws IOException {
    for (int poll = 0; poll < POLLS; poll++) {
      time.sleep(POLL);
      if (port.ask(READY, 1)[0] != 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Decodes the six words of an interval. Inconsistent levels become OUT_OF_RANGE without a
   * reading.
   */
  static SampleBuilder decode(int[] words) {
    Levels levels = Levels.of(words);
    boolean plausible = levels.areConsistent() && levels.maxDb() <= GREATEST_DB;
    boolean brokenMicrophone = plausible && levels.leqDb() < LEAST_DB;
    SampleBuilder builder = new SampleBuilder();
    builder.flagIf(brokenMicrophone, Quality.NOISE_STUCK);
    if (!brokenMicrophone) {
      builder.put(Quantity.LAEQ, plausible ? levels.leqDb() : Double.NaN, LEAST_DB, GREATEST_DB);
      builder.flagIf(plausible && levels.leqDb() < FLOOR_DB, Quality.NOISE_FLOOR);
      builder.flagIf(plausible && levels.maxDb() >= OVERLOAD_DB, Quality.NOISE_OVERLOAD);
    }
    return builder;
  }
}
