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
 * Drives a Sensirion SHT40, SHT41 or SHT45 on I2C, address 0x44 or 0x45: temperature and relative
 * humidity at high repeatability (datasheet v6.1, also for the sections below). The heater is never
 * switched on, because a heated part does not measure the air.
 *
 * <p>Used by the bus's thread.
 */
public final class Sht4x implements Sensor {
  // Commands, of one byte each, and their longest times (tables 4 and 7).
  private static final SensirionCommand MEASURE =
      new SensirionCommand(0xFD, Duration.ofNanos(8_300_000));
  private static final SensirionCommand SERIAL = SensirionCommand.ofMillis(0x89, 1);
  private static final SensirionCommand RESET = SensirionCommand.ofMillis(0x94, 1);

  /** Specified range, °C. */
  private static final double MIN_CELSIUS = -40;

  private static final double MAX_CELSIUS = 125;

  /**
   * Range in % that is limited to 0 to 100, because a reading just outside is within the tolerance
   * and condensed water gives a little above 100. A reading farther off is invalid: raw 0 gives −6
   * and raw 65535 gives 119.
   */
  private static final double MIN_PERCENT = -4;

  private static final double MAX_PERCENT = 110;

  /**
   * Limit of two unchanged words, counted over restarts, which no working part reaches, because its
   * noise is some ten ticks.
   */
  private static final Duration FROZEN = Duration.ofMinutes(1);

  /**
   * Fresh for 3 s, so that a missed read leaves no hole; the part's response times are 2 and 4 s.
   */
  private static final Rhythm RHYTHM = Rhythm.everySecond(Duration.ofSeconds(3));

  private final I2cPort port;
  private final SensirionPort words;
  private final Time time;
  private PartIdentity identity = PartIdentity.NONE;
  private final StuckDetector stuck = new StuckDetector(FROZEN);

  /** Creates a driver of the part at this port and sends nothing yet. */
  public Sht4x(I2cPort port, Time time) {
    this.port = port;
    this.words = new SensirionPort("SHT4x", port, time);
    this.time = time;
  }

  /**
   * Resets the part, which ends a running measurement or heating, and reads its serial.
   *
   * @throws FrameException if the serial is all zeros or ones
   */
  @Override
  public void start() throws IOException {
    send(RESET);
    send(SERIAL);
    int[] serial = words.read(SERIAL, 2);
    identity = PartIdentity.ofSerial((long) serial[0] << 16 | serial[1], 8);
    if (serial[0] == serial[1] && (serial[0] == 0 || serial[0] == 0xFFFF)) {
      throw new FrameException(
          "SHT4x: its serial is all zeros or ones: a broken part, or another one at its address");
    }
  }

  /**
   * Makes one measurement, which takes 8.3 ms.
   *
   * @throws FrameException if a checksum is wrong, or the words have not changed for a minute;
   *     neither value is given then
   */
  @Override
  public Sample read() throws IOException {
    send(MEASURE);
    int[] raw = words.read(MEASURE, 2);
    if (stuck.isStuck(List.of(raw[0], raw[1]), time.tickMs())) {
      throw new FrameException("SHT4x: the same two words for a minute: a broken part");
    }
    return decode(raw).build();
  }

  /**
   * Decodes two checked words, temperature first; humidity is omitted if the temperature is out of
   * range, because the part corrects the humidity by it.
   */
  static SampleBuilder decode(int[] raw) {
    SampleBuilder builder = new SampleBuilder();
    builder.put(Quantity.TEMPERATURE, celsius(raw[0]), MIN_CELSIUS, MAX_CELSIUS);
    double humidity = percent(raw[1]);
    boolean plausible = humidity >= MIN_PERCENT && humidity <= MAX_PERCENT;
    double cropped = Math.max(0, Math.min(100, humidity));
    builder.put(Quantity.HUMIDITY, plausible ? cropped : humidity, 0, 100);
    return builder;
  }

  @Override
  public PartIdentity identity() {
    return identity;
  }

  @Override
  public Rhythm rhythm() {
    return RHYTHM;
  }

  private void send(SensirionCommand command) throws IOException {
    port.write(command.code());
    time.sleep(command.duration());
  }

  /** Returns the temperature in °C, −45 to 130, of raw ticks, 0 to 65535 (4.6). */
  static double celsius(int ticks) {
    return -45 + 175.0 * ticks / 65535;
  }

  /** Returns the relative humidity in %, −6 to 119, of raw ticks, 0 to 65535 (4.6). */
  static double percent(int ticks) {
    return -6 + 125.0 * ticks / 65535;
  }
}
