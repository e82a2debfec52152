package dev.streetbox.screen;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What belongs together for people: quantities, and the flags that judge their values. */
public enum Topic {
  PLACE("gnss_"),
  PARTICLES("pm_"),
  NOISE("noise_"),
  GAS("gas_"),
  /** Temperature, humidity and pressure, which no flag judges. */
  AIR("air_"),
  /** The row as a whole: no quantity of its own. */
  BOX("");

  private final String prefix;

  Topic(String prefix) {
    this.prefix = prefix;
  }

  /** The topic of a quantity. */
  public static Topic of(Quantity quantity) {
    return switch (quantity) {
      case LAT, LON, HACC, ALT, SPEED, COURSE -> PLACE;
      case LAEQ, LAFMAX, LCPEAK, L10, L50, L90, LEVEL -> NOISE;
      case VOC_INDEX, NOX_INDEX, VOC_RAW, NOX_RAW, H2S, NH3, H2S_CAL, NH3_CAL -> GAS;
      case OX_RESISTANCE, RED_RESISTANCE, NH3_RESISTANCE -> GAS;
      case TEMPERATURE, HUMIDITY, PRESSURE -> AIR;
      default -> PARTICLES;
    };
  }

  /** The flags that speak of it. */
  public Set<Quality> flags() {
    Set<Quality> flags = EnumSet.allOf(Quality.class);
    flags.removeIf(flag -> of(flag) != this);
    return flags;
  }

  /** Those of a row's flags that speak of it, without its own name: {@code warmup, humid}. */
  String words(Set<Quality> row) {
    return row.stream()
        .filter(flag -> of(flag) == this)
        .map(flag -> flag.key().substring(prefix.length()))
        .collect(Collectors.joining(", "));
  }

  private static Topic of(Quality flag) {
    return Arrays.stream(values())
        .filter(topic -> flag.key().startsWith(topic.prefix))
        .findFirst()
        .orElse(BOX);
  }
}
