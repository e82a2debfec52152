package dev.streetbox.driver;

import dev.streetbox.driver.GasIndex.Gas;
import dev.streetbox.measure.Quantity;
import java.nio.IntBuffer;

/**
 * Decodes one set of a SEN66's words (commands 0300, 0316 and 0405; scales and markers of
 * Sensirion's arduino-i2c-sen66 1.7.0). An unknown value is 0xFFFF if unsigned, 0x7FFF if signed,
 * and becomes no reading; each field is tested for its own marker.
 */
final class Sen66Words {
  /** The words of each answer. */
  static final int VALUES = 9;

  static final int NUMBERS = 5;

  static final int RAW = 5;

  private static final int HUMIDITY_AT = 4;
  private static final int TEMPERATURE_AT = 5;
  private static final int VOC_AT = 6;
  private static final int NOX_AT = 7;
  private static final int CO2_AT = 8;
  private static final int RAW_VOC_AT = 2;
  private static final int RAW_NOX_AT = 3;

  /** Difference of two values that rounding each to 0.1 can cause. */
  private static final double ROUNDING = 0.11;

  private static final int UNKNOWN = 0xFFFF;
  private static final int UNKNOWN_SIGNED = 0x7FFF;

  /** The greatest CO2 that the contract lets a row carry, ppm; the part is specified to 5,000. */
  private static final double MOST_PPM = 40_000;

  private final int[] values;
  private final int[] numbers;
  private final int[] raw;

  /**
   * Takes one set, each word 0 to 65535.
   *
   * @param values PM1, PM2.5, PM4, PM10 in 0.1 µg/m³; signed: humidity in 0.01 %, temperature in
   *     1/200 °C, VOC and NOx index in 0.1; unsigned: CO2 in ppm
   * @param numbers numbers up to 0.5, 1, 2.5, 4 and 10 µm in 0.1/cm³
   * @param raw signed humidity and temperature before compensation; VOC and NOx signals in ticks;
   *     CO2 as measured, ppm
   */
  Sen66Words(int[] values, int[] numbers, int[] raw) {
    this.values = values.clone();
    this.numbers = numbers.clone();
    this.raw = raw.clone();
  }

  /** Returns everything that the set says of particles, to tell one set from the next. */
  IntBuffer particles() {
    return IntBuffer.allocate(SensirionParticles.MASSES + NUMBERS)
        .put(values, 0, SensirionParticles.MASSES)
        .put(numbers)
        .flip();
  }

  /**
   * Puts masses and numbers into a sample.
   *
   * @return whether the part knows all its masses
   */
  boolean putParticles(SampleBuilder builder) {
    boolean known = true;
    double[] all = new double[SensirionParticles.MASSES + NUMBERS];
    for (int i = 0; i < all.length; i++) {
      boolean mass = i < SensirionParticles.MASSES;
      int word = mass ? values[i] : numbers[i - SensirionParticles.MASSES];
      all[i] = word == UNKNOWN ? Double.NaN : word / 10.0;
      known &= !mass || word != UNKNOWN;
    }
    SensirionParticles.putAll(builder, ROUNDING, all);
    return known;
  }

  /** Puts humidity and temperature into a sample. */
  void putAir(SampleBuilder builder) {
    putSigned(builder, Quantity.HUMIDITY, HUMIDITY_AT, 100, 0, 100);
    putSigned(builder, Quantity.TEMPERATURE, TEMPERATURE_AT, 200, -10, 50);
  }

  /**
   * Puts the indices and raw signals of VOC and NOx into a sample, see {@link PixelSignal}.
   *
   * @return whether the part knows both indices
   */
  boolean putIndices(SampleBuilder builder) {
    if (PixelSignal.put(builder, Gas.VOC, raw[RAW_VOC_AT])) {
      putSigned(builder, Quantity.VOC_INDEX, VOC_AT, 10, 1, 500);
    }
    if (PixelSignal.put(builder, Gas.NOX, raw[RAW_NOX_AT])) {
      putSigned(builder, Quantity.NOX_INDEX, NOX_AT, 10, 1, 500);
    }
    return values[VOC_AT] != UNKNOWN_SIGNED && values[NOX_AT] != UNKNOWN_SIGNED;
  }

  /**
   * Puts CO2 into a sample.
   *
   * @return whether the part knows it
   */
  boolean putCo2(SampleBuilder builder) {
    int word = values[CO2_AT];
    if (word != UNKNOWN) {
      builder.put(Quantity.CO2, word, 0, MOST_PPM);
    }
    return word != UNKNOWN;
  }

  private void putSigned(
      SampleBuilder builder, Quantity quantity, int at, double scale, double least, double most) {
    int word = values[at];
    if (word != UNKNOWN_SIGNED) {
      builder.put(quantity, (short) word / scale, least, most);
    }
  }
}
