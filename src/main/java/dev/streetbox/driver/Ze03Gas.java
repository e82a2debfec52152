package dev.streetbox.driver;

import dev.streetbox.measure.Quantity;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Lists the gases that the cell of a Winsen ZE03 can be for, with the code of the gas in a frame,
 * the module's steps and its range. No manual's table was read: steps and ranges are those that
 * several drivers agree on (uradmonitor_smoggie, MH411D, FartCHECKER). The order is that of the
 * configuration's messages.
 */
public enum Ze03Gas {
  H2S(Quantity.H2S, 0x03, 0, 100),
  NH3(Quantity.NH3, 0x02, 0, 100),
  CO(Quantity.CO, 0x04, 0, 1000),
  NO2(Quantity.NO2, 0x2C, 1, 20),
  SO2(Quantity.SO2, 0x2B, 1, 20),
  O3(Quantity.O3, 0x2A, 1, 20),
  CL2(Quantity.CL2, 0x31, 1, 10);

  /** The codes of gases that modules are made for, but that this version does not read. */
  private static final Map<Integer, String> OTHERS =
      Map.of(0x05, "O2", 0x06, "H2", 0x2E, "HCl", 0x33, "HF", 0x45, "PH3");

  private final Quantity quantity;
  private final int code;
  private final int decimals;
  private final double greatest;

  Ze03Gas(Quantity quantity, int code, int decimals, double greatest) {
    this.quantity = quantity;
    this.code = code;
    this.decimals = decimals;
    this.greatest = greatest;
  }

  /** Returns the gas of a configuration's key, as {@code h2s}, if there is one. */
  public static Optional<Ze03Gas> of(String key) {
    return Arrays.stream(values()).filter(gas -> gas.key().equals(key)).findFirst();
  }

  /** Returns the name of the gas of a code for people; {@code an unknown gas} if there is none. */
  static String name(int code) {
    return Arrays.stream(values())
        .filter(gas -> gas.code == code)
        .map(Ze03Gas::name)
        .findFirst()
        .orElse(OTHERS.getOrDefault(code, "an unknown gas"));
  }

  /** Returns the key of the configuration, as {@code h2s}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the quantity that the concentration in ppm is of. */
  public Quantity quantity() {
    return quantity;
  }

  /** Returns the code of the gas in a frame, where a frame carries one. */
  int code() {
    return code;
  }

  /** Returns how many decimals of a ppm the number in a frame has. */
  int decimals() {
    return decimals;
  }

  /** Returns the greatest concentration that the module measures, in ppm. */
  double greatest() {
    return greatest;
  }
}
