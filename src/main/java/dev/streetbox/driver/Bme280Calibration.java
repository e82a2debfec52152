package dev.streetbox.driver;

import dev.streetbox.bus.FrameException;

/**
 * Holds the factory calibration of one BME280 and converts its raw values by the datasheet's
 * integer formulas (Bosch BST-BME280-DS001 rev 1.23, 4.2.2 and 4.2.3): 32 bits for temperature and
 * humidity, 64 for pressure, wrapping as in the datasheet's C. Immutable.
 */
final class Bme280Calibration {
  /** Bytes of the registers 88 to A1. */
  static final int LOW_BYTES = 26;

  /** Bytes of the registers E1 to E7. */
  static final int HIGH_BYTES = 7;

  private final int t1;
  private final int t2;
  private final int t3;
  private final long[] p;
  private final int h1;
  private final int h2;
  private final int h3;
  private final int h4;
  private final int h5;
  private final int h6;

  /**
   * Decodes the calibration registers: words with the low byte first, all signed but T1 and P1,
   * then bytes; H4 and H5 are signed 12 bits that share the byte E5.
   *
   * @param low {@value #LOW_BYTES} bytes from 88 on
   * @param high {@value #HIGH_BYTES} bytes from E1 on
   * @throws FrameException if the calibration is all zeros or ones, the only defect that can be
   *     detected, because there is no checksum
   */
  Bme280Calibration(byte[] low, byte[] high) throws FrameException {
    t1 = word(low, 0) & 0xffff;
    t2 = word(low, 2);
    t3 = word(low, 4);
    p = new long[10];
    p[1] = word(low, 6) & 0xffff;
    for (int i = 2; i <= 9; i++) {
      p[i] = word(low, 4 + 2 * i);
    }
    h1 = Byte.toUnsignedInt(low[25]);
    h2 = word(high, 0);
    h3 = Byte.toUnsignedInt(high[2]);
    h4 = (high[3] << 4) | (high[4] & 0x0f);
    h5 = (high[5] << 4) | (high[4] >> 4 & 0x0f);
    h6 = high[6];
    if (t1 == 0 || t1 == 0xffff || p[1] == 0 || p[1] == 0xffff || h2 == 0 || h2 == -1) {
      throw new FrameException(
          "BME280: its calibration is all zeros or ones: a broken part, or a bus without pull-ups");
    }
  }

  private static int word(byte[] bytes, int at) {
    return bytes[at + 1] << 8 | Byte.toUnsignedInt(bytes[at]);
  }

  /**
   * Returns the temperature for the other formulas, in 1/5120 °C ({@code t_fine}).
   *
   * @param raw 20 bits
   */
  int fine(int raw) {
    int linear = (((raw >> 3) - (t1 << 1)) * t2) >> 11;
    int distance = (raw >> 4) - t1;
    return linear + ((((distance * distance) >> 12) * t3) >> 14);
  }

  /** Returns the temperature in °C, in steps of 0.01. */
  static double celsius(int fine) {
    return ((fine * 5 + 128) >> 8) / 100.0;
  }

  /**
   * Returns the pressure in hPa, in steps of 1/25600; 0 where the formula would divide by zero.
   *
   * @param raw 20 bits
   * @param fine of the same measurement
   */
  double hectopascal(int raw, int fine) {
    long var1 = fine - 128_000L;
    long var2 = var1 * var1 * p[6] + ((var1 * p[5]) << 17) + (p[4] << 35);
    var1 = ((var1 * var1 * p[3]) >> 8) + ((var1 * p[2]) << 12);
    var1 = (((1L << 47) + var1) * p[1]) >> 33;
    if (var1 == 0) {
      return 0;
    }
    long pressure = (((1_048_576L - raw) << 31) - var2) * 3125 / var1;
    var1 = (p[9] * (pressure >> 13) * (pressure >> 13)) >> 25;
    var2 = (p[8] * pressure) >> 19;
    return (((pressure + var1 + var2) >> 8) + (p[7] << 4)) / 25_600.0;
  }

  /**
   * Returns the relative humidity in %, 0 to 100, in steps of 1/1024.
   *
   * @param raw 16 bits
   * @param fine of the same measurement
   */
  double percent(int raw, int fine) {
    return Math.max(0, Math.min(100, unlimitedPercent(raw, fine)));
  }

  /**
   * Returns the relative humidity in %, in steps of 1/1024, below 0 or above 100 too, so that an
   * impossible value can be told from dry or wet air.
   *
   * @param raw 16 bits
   * @param fine of the same measurement
   */
  double unlimitedPercent(int raw, int fine) {
    long x = fine - 76_800L;
    long wet = (((long) raw << 14) - ((long) h4 << 20) - h5 * x + 16_384) >> 15;
    long warm = ((((x * h6) >> 10) * (((x * h3) >> 11) + 32_768)) >> 10) + 2_097_152;
    x = wet * ((warm * h2 + 8_192) >> 14);
    x -= ((((x >> 15) * (x >> 15)) >> 7) * h1) >> 4;
    return (x >> 12) / 1024.0;
  }
}
