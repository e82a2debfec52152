package dev.streetbox.driver;

import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Encodes humidity and temperature for an SGP40 or SGP41, which corrects its signal by them: two
 * words, humidity first (datasheets SGP40 v1.2 and SGP41 v1.0, section 3).
 */
final class HumidityCompensation {
  /** Words of 50 % and 25 °C, which switch the compensation off. */
  static final int[] NONE = {0x8000, 0x6666};

  private HumidityCompensation() {}

  /**
   * Returns the two words for that air.
   *
   * @param air temperature and humidity beside the part; {@link #NONE} is returned without both of
   *     them
   */
  static int[] of(Optional<Sample> air) {
    OptionalDouble percent = air.orElse(Sample.NOTHING).get(Quantity.HUMIDITY);
    OptionalDouble celsius = air.orElse(Sample.NOTHING).get(Quantity.TEMPERATURE);
    if (percent.isEmpty() || celsius.isEmpty()) {
      return NONE.clone();
    }
    return new int[] {
      humidityTicks(percent.getAsDouble()), temperatureTicks(celsius.getAsDouble())
    };
  }

  /** Returns the word of a relative humidity in %, rounded; limited to 0 to 100. */
  static int humidityTicks(double percent) {
    return ticks(percent / 100);
  }

  /** Returns the word of a temperature in °C, rounded; limited to −45 to 130. */
  static int temperatureTicks(double celsius) {
    return ticks((celsius + 45) / 175);
  }

  private static int ticks(double share) {
    return (int) Math.round(65535 * Math.max(0, Math.min(1, share)));
  }
}
