package dev.streetbox.driver;

import dev.streetbox.driver.GasIndex.Gas;
import dev.streetbox.measure.Quantity;
import java.nio.IntBuffer;

/**
 * Decodes one set of a SEN5x's words. An unknown value is 0xFFFF if unsigned, 0x7FFF if signed
 * (Sensirion's own drivers; the datasheet gives 0xFFFF for all) and becomes no reading; a saturated
 * particle value is 0xFFFE and becomes OUT_OF_RANGE.
 */
final class Sen55Words {
  /** Number of words of VALUES. */
  static final int VALUES = 8;

  /** Number of words of NUMBERS. */
  static final int NUMBERS = 10;

  /** Number of words of RAW. */
  static final int RAW = 4;

  /** Difference of two values that rounding each to 0.1 can cause. */
  private static final double ROUNDING = 0.11;

  private static final int UNKNOWN = 0xFFFF;
  private static final int UNKNOWN_SIGNED = 0x7FFF;

  private final int[] values;
  private final int[] numbers;
  private final int[] raw;

  /**
   * Keeps one set, each word 0 to 65535.
   *
   * @param values PM1, PM2.5, PM4, PM10 in 0.1 µg/m³; signed: humidity in 0.01 %, temperature in
   *     1/200 °C, VOC and NOx index in 0.1
   * @param numbers the same four masses; numbers up to 0.5, 1, 2.5, 4 and 10 µm in 0.1/cm³; typical
   *     size in nm
   * @param raw signed humidity and temperature before compensation; VOC and NOx signals in ticks
   */
  Sen55Words(int[] values, int[] numbers, int[] raw) {
    this.values = values.clone();
    this.numbers = numbers.clone();
    this.raw = raw.clone();
  }

  /** Returns all words about particles, for comparison with other sets. */
  IntBuffer particles() {
    return IntBuffer.wrap(numbers);
  }

  /** Returns the number concentration of all particles, 1/cm³; 0 if it is unknown. */
  double total() {
    int total = numbers[SensirionParticles.TOTAL_AT];
    return total == UNKNOWN ? 0 : total / 10.0;
  }

  /**
   * Adds masses, number concentrations and typical size.
   *
   * @return whether all masses are known
   */
  boolean putParticles(SampleBuilder builder) {
    boolean known = true;
    double[] all = new double[SensirionParticles.VALUES];
    for (int i = 0; i < all.length; i++) {
      boolean mass = i < SensirionParticles.MASSES;
      int word = mass ? values[i] : numbers[i];
      double scale = i == SensirionParticles.SIZE_AT ? 1000 : 10;
      all[i] = word == UNKNOWN ? Double.NaN : word / scale;
      known &= !mass || word != UNKNOWN;
    }
    SensirionParticles.putAll(builder, ROUNDING, all);
    return known;
  }

  /** Adds humidity and temperature, compensated by the part for its own heat. */
  void putAir(SampleBuilder builder) {
    if (values[4] != UNKNOWN_SIGNED) {
      builder.put(Quantity.HUMIDITY, (short) values[4] / 100.0, 0, 100);
    }
    if (values[5] != UNKNOWN_SIGNED) {
      builder.put(Quantity.TEMPERATURE, (short) values[5] / 200.0, -10, 50);
    }
  }

  /** Adds indices and raw signals; an index of 0 means that there is none yet. */
  void putGas(SampleBuilder builder) {
    putPixel(builder, Gas.VOC, values[6], raw[2]);
    putPixel(builder, Gas.NOX, values[7], raw[3]);
  }

  /** Adds one pixel's index and raw signal, see {@link PixelSignal}. */
  private static void putPixel(SampleBuilder builder, Gas gas, int index, int signal) {
    boolean given = PixelSignal.put(builder, gas, signal);
    if (given && index != UNKNOWN_SIGNED && index != 0) {
      Quantity quantity = gas == Gas.VOC ? Quantity.VOC_INDEX : Quantity.NOX_INDEX;
      builder.put(quantity, (short) index / 10.0, 1, 500);
    }
  }
}
