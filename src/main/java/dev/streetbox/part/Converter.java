package dev.streetbox.part;

import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Names the analogue-to-digital converters that a part may be connected to. */
public enum Converter {
  ADS1115,
  ADS1015;

  /** Number of inputs of each converter. */
  public static final int INPUTS = 4;

  /** Addresses with the ADDR pin at GND, VDD, SDA and SCL (SBAS444D, table 4). */
  private static final List<Integer> ADDRESSES = List.of(0x48, 0x49, 0x4A, 0x4B);

  /** Recognises both converters, because their registers are the same. */
  static final PartIdentification IDENTIFICATION =
      new PartIdentification("ADS1115 or ADS1015", Converter::hasDefaultThresholds);

  /** Returns the name in the configuration, as {@code ads1115}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the names in the configuration. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(Converter::key).toList();
  }

  /** Returns the converter of a name in the configuration, if there is one. */
  public static Optional<Converter> of(String key) {
    return Arrays.stream(values()).filter(converter -> converter.key().equals(key)).findFirst();
  }

  /** Returns the I2C addresses that a converter can have, the given one first. */
  static List<Integer> addresses(int usual) {
    return Stream.concat(Stream.of(usual), ADDRESSES.stream()).distinct().toList();
  }

  /**
   * Reads the thresholds and compares them with their defaults 8000 and 7FFF (SBAS444D, table 9),
   * which no driver here changes.
   */
  private static boolean hasDefaultThresholds(I2cPort port, Time time) throws IOException {
    port.write(2);
    byte[] low = port.read(2);
    port.write(3);
    byte[] high = port.read(2);
    return low[0] == (byte) 0x80 && low[1] == 0 && high[0] == 0x7F && (high[1] & 0xF0) == 0xF0;
  }
}
