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
 * Drives a Sensirion SHT30, SHT31 or SHT35 on I2C, address 0x44 or 0x45: temperature and relative
 * humidity, single shots at high repeatability (SHT3x-DIS datasheet v4, also for the sections
 * below). Only commands without clock stretching are used, because a Pi's I2C controller corrupts a
 * stretched read without an error.
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

  /** Status: the part was reset, or lost its supply, since the bit was cleared. */
  private static final int WAS_RESET = 1 << 4;

  /** Specified range, °C. */
  private static final double MIN_CELSIUS = -40;

  private static final double MAX_CELSIUS = 125;

  /**
   * Limit of two unchanged words, counted over restarts, which no working part reaches, because its
   * noise is some tens of ticks.
   */
  private static final Duration FROZEN = Duration.ofMinutes(1);

  /** Fresh for 3 s, so that a missed read leaves no hole; the part's response time is 8 s. */
  private static final Rhythm RHYTHM = Rhythm.everySecond(Duration.ofSeconds(3));

  private final SensirionPort port;
  private final Time time;
  private final StuckDetector stuck = new StuckDetector(FROZEN);

  /** Creates a driver of the part at this port and sends nothing yet. */
  public Sht3x(I2cPort port, Time time) {
    this.port = new SensirionPort("SHT3x", port, time);
    this.time = time;
  }

  /**
   * Ends a periodic measurement set by another program, resets the part and checks its reset bit.
   *
   * @throws FrameException if the bit is not set, because another part is at the address
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
   * Makes one measurement, which takes 15 ms, and checks the status after it.
   *
   * @throws FrameException if a checksum is wrong, the heater is on, the part lost its supply for a
   *     moment or the words have not changed for a minute; neither value is given then
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

  /**
   * Decodes two checked words; humidity is omitted if the temperature is out of range, and at
   * either end of the scale, where the part cannot show how far beyond the air is.
   */
  static SampleBuilder decode(int[] raw) {
    SampleBuilder builder = new SampleBuilder();
    builder.put(Quantity.TEMPERATURE, celsius(raw[0]), MIN_CELSIUS, MAX_CELSIUS);
    boolean atEnd = raw[1] == 0 || raw[1] == 0xFFFF;
    builder.put(Quantity.HUMIDITY, atEnd ? Double.NaN : percent(raw[1]), 0, 100);
    return builder;
  }

  @Override
  public Rhythm rhythm() {
    return RHYTHM;
  }

  private void requireHealth(int status) throws IOException {
    if ((status & HEATER) != 0) {
      throw new FrameException("SHT3x: its heater is on, so that it does not measure the air");
    }
    if ((status & WAS_RESET) != 0) {
      port.send(CLEAR_STATUS);
      throw new FrameException("SHT3x: it lost its supply for a moment: check its cable");
    }
  }

  /** Returns the temperature in °C, −45 to 130, of raw ticks, 0 to 65535 (4.13). */
  static double celsius(int ticks) {
    return -45 + 175.0 * ticks / 65535;
  }

  /**
   * Returns the relative humidity in %, 0 to 100, of raw ticks, 0 to 65535 (4.13; the SHT4x's
   * formula differs).
   */
  static double percent(int ticks) {
    return 100.0 * ticks / 65535;
  }
}
