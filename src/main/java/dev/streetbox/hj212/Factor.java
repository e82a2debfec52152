package dev.streetbox.hj212;

import dev.streetbox.measure.Quantity;
import java.util.Locale;

/**
 * Lists the factors of ambient air that a station sends, with their codes of HJ 212-2017, annex B.
 * The units are those that platforms use, µg/m³ for particles and mg/m³ for gases at 20 °C and
 * 1,013 hPa: the annex prints ng/m³ for particles.
 */
enum Factor {
  PM2_5("a34004", Quantity.PM2_5, 1, 1),
  PM10("a34002", Quantity.PM10, 1, 1),
  PM1("a34005", Quantity.PM1, 1, 1),
  /** 17.03 g/mol in 24.06 l/mol. */
  AMMONIA("a21001", Quantity.NH3, 0.708, 3),
  /** 34.08 g/mol in 24.06 l/mol. */
  HYDROGEN_SULPHIDE("a21028", Quantity.H2S, 1.417, 3);

  private final String code;
  private final Quantity quantity;
  private final double scale;
  private final int decimals;

  Factor(String code, Quantity quantity, double scale, int decimals) {
    this.code = code;
    this.quantity = quantity;
    this.scale = scale;
    this.decimals = decimals;
  }

  /** Returns the code of the standard, as {@code a34004}. */
  String code() {
    return code;
  }

  /** Returns the row's quantity. */
  Quantity quantity() {
    return quantity;
  }

  /** Returns the text of a value of the quantity, in the factor's unit. */
  String text(double value) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value * scale);
  }
}
