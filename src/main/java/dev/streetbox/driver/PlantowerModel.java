package dev.streetbox.driver;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Names the models of Plantower's parts, which differ in what their frames carry besides the
 * masses. Sources: avaldebe/PyPMS@45c3bf0 (captures of PMS5003 and PMS5003T) and ESPHome's pmsx003.
 */
public enum PlantowerModel {
  /** Six counts; also PMS1003, PMS7003, PMSA003 and PMSA003I. */
  PMS5003,
  /** Six counts, and formaldehyde where a PMS5003 has version and error code. */
  PMS5003S,
  /** Four counts, and temperature and humidity where a PMS5003 has the two largest sizes. */
  PMS5003T,
  /** Six counts, formaldehyde, temperature and humidity, in frames of 40 bytes. */
  PMS5003ST;

  /** Returns the model of a configuration's value, as {@code pms5003t}; empty if there is none. */
  public static Optional<PlantowerModel> of(String key) {
    return Arrays.stream(values()).filter(model -> model.key().equals(key)).findFirst();
  }

  /** Returns every model's name in the configuration. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(PlantowerModel::key).toList();
  }

  /** Returns the name in the configuration, as {@code pms5003t}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether the model measures temperature and humidity. */
  public boolean hasAir() {
    return airAt() > 0;
  }

  /** Returns the bytes of the model's frames. */
  int frameBytes() {
    return this == PMS5003ST ? PlantowerFrame.LONG_LENGTH : PlantowerFrame.LENGTH;
  }

  /** Returns how many of the six words of counts are counts. */
  int counts() {
    return this == PMS5003T ? 4 : 6;
  }

  /** Returns where the words of temperature and humidity are; 0 if the model has none. */
  int airAt() {
    return switch (this) {
      case PMS5003T -> PlantowerFrame.COUNTS_AT + 8;
      case PMS5003ST -> PlantowerFrame.COUNTS_AT + 14;
      case PMS5003, PMS5003S -> 0;
    };
  }

  /** Returns where the error code is; 0 if the model has none. */
  int errorAt() {
    return this == PMS5003S ? 0 : frameBytes() - 3;
  }
}
