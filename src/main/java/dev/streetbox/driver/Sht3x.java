package dev.streetbox.driver;

import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Sensirion SHT30, SHT31 or SHT35 on I2C, address 0x44 or 0x45: temperature and relative humidity,
 * single shots at high repeatability (SHT3x-DIS datasheet v4; numbers below are its own). Only the
 * commands without clock stretching: a Pi's I2C controller corrupts a stretched read and does not
 * say so.
 *
 * <p>Used by the bus's thread.
 */
public final class Sht3x implements Sensor {
  // Commands and their longest times (tables 4, 8, 9, 13, 17 and 18).
  private static final SensirionCommand MEASURE = SensirionCommand.ofMillis(0x2400, 15);
  private static final SensirionCommand BREAK = SensirionCommand.ofMillis(0x3093, 1);
  private static final SensirionCommand RESET =
      new SensirionCommand(0x30A2, Duration.ofNanos(1_500_000));
  private static final SensirionCommand STATUS = new SensirionCommand(0xF32D, Duration.ZERO);
  private static final SensirionCommand CLEAR_STATUS = new SensirionCommand(0x3041, Duration.ZERO);

  /** Status: the heater is on (table 17). */
  private static final int HEATER = 1 << 13;

  /** Status: it was reset, or lost its supply, since that bit was cleared. */
  private static final int WAS_RESET = 1 << 4;

  /** Where the part is specified. */
  private static final double MIN_CELSIUS = -40;

  private static final double MAX_CELSIUS = 125;

  /**
   * Its noise is some tens of ticks: both words the same for so long are no air's, also after a
   * restart.
   */
  private static final Duration FROZEN = Duration.ofMinutes(1);

  /** The air around it changes slower than it answers (8 s): a missed read may pass. */
  private static final Rhythm RHYTHM = Rhythm.everySecond(Duration.ofSeconds(3));

  private final SensirionPort port;
  private final Time time;
  private final StuckDetector stuck = new StuckDetector(FROZEN);

  /** The part at this port; nothing is sent yet. */
  public Sht3x(I2cPort port, Time time) {
    this.port = new SensirionPort("SHT3x", port, time);
    this.time = time;
  }

  /**
   * Ends a periodic measurement that somebody began, resets the part, and has it say so.
   *
   * @throws FrameException if it does not: another part is at its address
   */
  @Override
  public void start() throws IOException {
    port.send(BREAK);
    port.send(RESET);
    int status = port.ask(STATUS, 1)[0];
    if ((status & WAS_RESET) == 0 || (status & HEATER) != 0) {
      throw new FrameException(
          String.format(
              "SHT3x: status %04x after a reset, instead of 8010: another part at its address",
              status));
    }
    port.send(CLEAR_STATUS);
  }

  /**
   * One measurement of 15 ms, and the status that vouches for it.
   *
   * @throws FrameException if a checksum is wrong, the heater is on, the part lost its supply for a
   *     moment or repeats itself; neither value is given then
   */
  @Override
  public Sample read() throws IOException {
    int[] raw = port.ask(MEASURE, 2);
    requireHealth(port.ask(STATUS, 1)[0]);
    if (stuck.isStuck(List.of(raw[0], raw[1]), time.tickMs())) {
      throw new FrameException("SHT3x: the same two words for a minute: a broken part");
    }
    return decode(raw).build();
  }

  /** What two checked words say of the air; no humidity at a temperature that is none. */
  static SampleBuilder decode(int[] raw) {
    double celsius = celsius(raw[0]);
    boolean plausible = celsius >= MIN_CELSIUS && celsius <= MAX_CELSIUS;
    SampleBuilder builder = new SampleBuilder();
    builder.put(Quantity.TEMPERATURE, celsius, MIN_CELSIUS, MAX_CELSIUS);
    builder.put(Quantity.HUMIDITY, plausible ? percent(raw[1]) : Double.NaN, 0, 100);
    return builder;
  }

  @Override
  public Rhythm rhythm() {
    return RHYTHM;
  }

  private void requireHealth(int status) throws IOException {
    if ((status & HEATER) != 0) {
      throw new FrameException("SHT3x: its heater is on, so that it measures itself");
    }
    if ((status & WAS_RESET) != 0) {
      port.send(CLEAR_STATUS);
      throw new FrameException("SHT3x: it lost its supply for a moment: check its cable");
    }
  }

  /** Temperature of raw ticks, 0 to 65535: −45 to 130 (4.13). */
  static double celsius(int ticks) {
    return -45 + 175.0 * ticks / 65535;
  }

  /** Relative humidity of raw ticks, 0 to 65535: 0 to 100, and not the SHT4x's formula (4.13). */
  static double percent(int ticks) {
    return 100.0 * ticks / 65535;
  }
}
