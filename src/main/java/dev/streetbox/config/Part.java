package dev.streetbox.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The parts that this version drives, and how each is wired. */
@SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
enum Part {
  SPS30("sps30", Wiring.I2C, 0x69),
  SHT4X("sht4x", Wiring.I2C, 0x44, 0x45, 0x46),
  SHT3X("sht3x", Wiring.I2C, 0x44, 0x45),
  BME280("bme280", Wiring.I2C, 0x76, 0x77),
  SGP41("sgp41", Wiring.I2C, 0x59),
  SGP40("sgp40", Wiring.I2C, 0x59),
  /** Its first address is not that of the factory, 0x77, where a BME280 may be. */
  MULTIGAS("multigas", Wiring.I2C, 0x74, 0x75, 0x76, 0x77),
  /** Behind an ADS1115 or ADS1015, on the Enviro+ at 0x49. */
  MICS6814("mics6814", Wiring.CONVERTER, 0x49, 0x48, 0x4A, 0x4B),
  /** Behind an ADS1115, whose ADDR pin gives it one of four addresses. */
  SEN0232("sen0232", Wiring.CONVERTER, 0x48, 0x49, 0x4A, 0x4B),
  DNMS("dnms", Wiring.I2C, 0x55),
  PCBARTISTS("pcbartists", Wiring.I2C, 0x48),
  PMS5003("pms5003", Wiring.SERIAL),
  PMSA003I("pmsa003i", Wiring.I2C, 0x12),
  SEN55("sen55", Wiring.I2C, 0x69),
  SDS011("sds011", Wiring.SERIAL),
  MICROPHONE("microphone", Wiring.AUDIO);

  /** What a part hangs on. */
  enum Wiring {
    /** An I2C bus, at an address of its own. */
    I2C,
    /** A channel of a converter on an I2C bus. */
    CONVERTER,
    /** A serial port. */
    SERIAL,
    /** A sound card. */
    AUDIO
  }

  /** Every way in which some part can be asked. */
  static List<String> allModes() {
    return Arrays.stream(values()).flatMap(part -> part.modes().stream()).distinct().toList();
  }

  private final String key;
  private final Wiring wiring;
  private final List<Integer> addresses;

  Part(String key, Wiring wiring, Integer... addresses) {
    this.key = key;
    this.wiring = wiring;
    this.addresses = List.of(addresses);
  }

  /** What it hangs on. */
  Wiring wiring() {
    return wiring;
  }

  /** How many of its converter's inputs it takes, from its channel on. */
  int inputs() {
    return this == MICS6814 ? 3 : 1;
  }

  /** The I2C addresses it can have, its default first; none if it is not on I2C. */
  List<Integer> addresses() {
    return addresses;
  }

  /** The ways in which it can be asked, its usual one first; none if there is only one. */
  List<String> modes() {
    return switch (this) {
      case SPS30 -> List.of("float", "integer");
      case PMS5003 -> List.of("active", "passive");
      case SDS011 -> List.of("active", "query");
      default -> List.of();
    };
  }

  /** The part of a driver's name, if this version has it. */
  static Optional<Part> of(String key) {
    return Arrays.stream(values()).filter(part -> part.key.equals(key)).findFirst();
  }

  /** The drivers' names. */
  static List<String> keys() {
    return Arrays.stream(values()).map(part -> part.key).toList();
  }
}
