package dev.streetbox.driver;

import dev.streetbox.measure.Quality;
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
    for (int i = 0; i < SensirionParticles.VALUES; i++) {
      boolean mass = i < SensirionParticles.MASSES;
      int word = mass ? values[i] : numbers[i];
      if (word != UNKNOWN) {
        SensirionParticles.put(
            builder, i, word / (i == SensirionParticles.SIZE_AT ? 1000.0 : 10.0));
      }
      known &= !mass || word != UNKNOWN;
    }
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
    putIndex(builder, Quantity.VOC_INDEX, values[6]);
    putIndex(builder, Quantity.NOX_INDEX, values[7]);
    putSignal(builder, Quantity.VOC_RAW, raw[2]);
    putSignal(builder, Quantity.NOX_RAW, raw[3]);
  }

  private static void putIndex(SampleBuilder builder, Quantity quantity, int word) {
    if (word != UNKNOWN_SIGNED && word != 0) {
      builder.put(quantity, (short) word / 10.0, 1, 500);
    }
  }

  /** Adds a raw signal; 0 becomes GAS_FAULT, because only a broken pixel gives it. */
  private static void putSignal(SampleBuilder builder, Quantity quantity, int word) {
    if (word == 0) {
      builder.flagIf(true, Quality.GAS_FAULT);
    } else if (word != UNKNOWN) {
      builder.put(quantity, word, 1, UNKNOWN - 1);
    }
  }
}
