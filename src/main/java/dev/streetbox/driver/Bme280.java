package dev.streetbox.driver;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/**
 * Drives a Bosch BME280 on I2C, address 0x76 or 0x77: pressure, temperature and relative humidity
 * by one forced measurement a second, each oversampled once, without filter (BST-BME280-DS001 rev
 * 1.23; 3.5.1 advises these settings for weather). Between measurements the part sleeps and does
 * not warm itself.
 *
 * <p>The part's answers have no checksum. So the calibration is read twice and must be the same,
 * and each measurement too, together with its settings, because a part that lost its supply for a
 * moment, another part and a broken cable all read other settings. Used by the bus's thread.
 */
public final class Bme280 implements Sensor {
  // Registers (5.3).
  private static final int CALIBRATION_LOW = 0x88;
  private static final int ID = 0xD0;
  private static final int RESET = 0xE0;
  private static final int CALIBRATION_HIGH = 0xE1;
  private static final int CTRL_HUM = 0xF2;
  private static final int CTRL_MEAS = 0xF4;
  private static final int CONFIG = 0xF5;

  /** Content of register D0 (5.4.1). */
  private static final int BME280_ID = 0x60;

  private static final int RESET_WORD = 0xB6;

  /** Humidity oversampled once (5.4.3), in effect from the next write of CTRL_MEAS on. */
  private static final int HUMIDITY_ONCE = 0x01;

  /** Temperature and pressure oversampled once (5.4.5), mode 00: asleep. */
  private static final int ALL_ONCE = 0b001_001_00;

  /** Mode 01: one measurement, then sleep (5.4.5). */
  private static final int FORCED = 0b01;

  /**
   * Stand-by of 1 s and no filter (5.4.6). Forced measurements ignore the stand-by; it is set
   * because a reset clears it, so that reading it back shows a reset.
   */
  private static final int STAND_BY_1S = 0b101_000_00;

  private static final int MEASURING = 1 << 3;
  private static final int COPYING = 1;

  /**
   * Bytes from CTRL_HUM to the end of the data: F2 settings, F3 status, F4 F5 settings, F7 to FE.
   */
  private static final int BURST = 13;

  /** Raw value of a channel that was not measured (4.1). */
  private static final int NOT_MEASURED = 0x80000;

  private static final int HUMIDITY_NOT_MEASURED = 0x8000;

  /** Specified range, °C (table 1). */
  private static final double MIN_CELSIUS = -40;

  private static final double MAX_CELSIUS = 85;

  /**
   * Range in % that is limited to 0 to 100, because condensed water gives a little more; a value
   * farther off shows a broken part.
   */
  private static final double MIN_PERCENT = -4;

  private static final double MAX_PERCENT = 110;

  private static final Duration START_UP = Duration.ofMillis(2);

  /** Longest measurement: 1.25 + 2.3 + (2.3 + 0.575) + (2.3 + 0.575) ms (9.1). */
  private static final Duration MEASUREMENT = Duration.ofNanos(9_300_000);

  private static final Duration POLL = Duration.ofMillis(1);
  private static final int POLLS = 5;

  /**
   * Limit of unchanged raw values, which no working part reaches, because the noise of its pressure
   * alone is a tick or more.
   */
  private static final Duration FROZEN = Duration.ofMinutes(1);

  private static final Rhythm RHYTHM = Rhythm.everySecond(Duration.ofSeconds(3));

  private final I2cPort port;
  private final Time time;
  private final StuckDetector stuck = new StuckDetector(FROZEN);
  private Bme280Calibration calibration; // null before the first start

  /** Creates a driver of the part at this port and sends nothing yet. */
  public Bme280(I2cPort port, Time time) {
    this.port = port;
    this.time = time;
  }

  /**
   * Identifies the part, resets it, reads its calibration and writes its settings.
   *
   * @throws FrameException if another part answers, or the calibration is invalid
   */
  @Override
  public void start() throws IOException {
    requireBme280(registers(ID, 1)[0]);
    port.write(RESET, RESET_WORD);
    time.sleep(START_UP);
    awaitCalibration();
    byte[] low = registers(CALIBRATION_LOW, Bme280Calibration.LOW_BYTES);
    byte[] high = registers(CALIBRATION_HIGH, Bme280Calibration.HIGH_BYTES);
    if (!Arrays.equals(low, registers(CALIBRATION_LOW, Bme280Calibration.LOW_BYTES))
        || !Arrays.equals(high, registers(CALIBRATION_HIGH, Bme280Calibration.HIGH_BYTES))) {
      throw new FrameException("BME280: its calibration reads differently each time: bad wires");
    }
    calibration = new Bme280Calibration(low, high);
    port.write(CONFIG, STAND_BY_1S);
  }

  /**
   * Makes one measurement, which takes 9.3 ms.
   *
   * @return nothing, or fewer than three readings, if a channel reads as not measured
   * @throws FrameException if the raw values have not changed for a minute, or read differently
   *     each time
   * @throws BusException if the measurement does not end, or the part's settings are lost; the part
   *     must then be started again, because another one may have been connected in its place
   */
  @Override
  public Sample read() throws IOException {
    port.write(CTRL_HUM, HUMIDITY_ONCE, CTRL_MEAS, ALL_ONCE | FORCED);
    time.sleep(MEASUREMENT);
    byte[] burst = readMeasurement();
    int pressure = bits20(burst, 5);
    int temperature = bits20(burst, 8);
    int humidity = BigEndian.word(burst, 11);
    if (temperature == NOT_MEASURED) {
      return Sample.NOTHING; // pressure and humidity need the temperature
    }
    if (stuck.isStuck(ByteBuffer.wrap(burst, 5, BURST - 5), time.tickMs())) {
      throw new FrameException("BME280: the same raw values for a minute: a broken part");
    }
    return sample(temperature, pressure, humidity);
  }

  @Override
  public Rhythm rhythm() {
    return RHYTHM;
  }

  /**
   * Converts the raw values; without a temperature in range the other two are omitted, because
   * their formulas use it. A raw humidity at either end of its scale is no humidity.
   */
  private Sample sample(int temperature, int pressure, int humidity) {
    SampleBuilder builder = new SampleBuilder();
    int fine = calibration.fine(temperature);
    double celsius = Bme280Calibration.celsius(fine);
    builder.put(Quantity.TEMPERATURE, celsius, MIN_CELSIUS, MAX_CELSIUS);
    if (celsius >= MIN_CELSIUS && celsius <= MAX_CELSIUS) {
      if (pressure != NOT_MEASURED) {
        builder.put(Quantity.PRESSURE, calibration.hectopascal(pressure, fine), 300, 1100);
      }
      if (humidity != HUMIDITY_NOT_MEASURED) {
        boolean atEnd = humidity == 0 || humidity == 0xFFFF;
        double percent = atEnd ? Double.NaN : calibration.unlimitedPercent(humidity, fine);
        boolean plausible = percent >= MIN_PERCENT && percent <= MAX_PERCENT;
        double limited = Math.max(0, Math.min(100, percent));
        builder.put(Quantity.HUMIDITY, plausible ? limited : percent, 0, 100);
      }
    }
    return builder.build();
  }

  private byte[] readMeasurement() throws IOException {
    for (int poll = 0; poll < POLLS; poll++) {
      byte[] burst = registers(CTRL_HUM, BURST);
      if ((burst[1] & MEASURING) == 0) {
        requireSettings(burst);
        requireSame(burst, registers(CTRL_HUM, BURST));
        return burst;
      }
      time.sleep(POLL);
    }
    throw new BusException("BME280: a measurement does not end", BusException.UNKNOWN);
  }

  private static void requireSame(byte[] first, byte[] second) throws FrameException {
    if (!Arrays.equals(first, second)) {
      throw new FrameException("BME280: a measurement reads differently each time: bad wires");
    }
  }

  private static void requireSettings(byte[] burst) throws BusException {
    byte[] found = {burst[0], burst[2], burst[3]};
    byte[] written = {HUMIDITY_ONCE, ALL_ONCE, (byte) STAND_BY_1S};
    if (!Arrays.equals(found, written)) {
      throw new BusException(
          String.format(
              "BME280: settings read %02x %02x %02x instead of 01 24 a0: it lost its supply for a"
                  + " moment, or another part answers at its address",
              found[0], found[1], found[2]),
          BusException.UNKNOWN);
    }
  }

  /** Waits until the part has copied its calibration from memory after a reset (status bit 0). */
  private void awaitCalibration() throws IOException {
    for (int poll = 0; poll < POLLS; poll++) {
      if ((registers(CTRL_HUM + 1, 1)[0] & COPYING) == 0) {
        return;
      }
      time.sleep(POLL);
    }
    throw new BusException("BME280: its reset does not end", BusException.UNKNOWN);
  }

  private static void requireBme280(byte found) throws FrameException {
    int id = Byte.toUnsignedInt(found);
    if (id != BME280_ID) {
      String what =
          switch (id) {
            case 0x56, 0x57, 0x58 -> "a BMP280, which has no humidity";
            case 0x61 -> "a BME680 or BME688";
            default -> "another part, or none";
          };
      throw new FrameException(
          String.format("BME280: register d0 reads %02x, which is %s, instead of 60", id, what));
    }
  }

  private byte[] registers(int first, int count) throws IOException {
    port.write(first);
    return port.read(count);
  }

  private static int bits20(byte[] bytes, int at) {
    return BigEndian.word(bytes, at) << 4 | Byte.toUnsignedInt(bytes[at + 2]) >> 4;
  }
}
