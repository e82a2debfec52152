package dev.streetbox.config;

import static dev.streetbox.config.Setting.SENSOR_ADC;
import static dev.streetbox.config.Setting.SENSOR_ADDRESS;
import static dev.streetbox.config.Setting.SENSOR_CHANNEL;
import static dev.streetbox.config.Setting.SENSOR_DEVICE;
import static dev.streetbox.config.Setting.SENSOR_GAS;
import static dev.streetbox.config.Setting.SENSOR_MODE;
import static dev.streetbox.config.Setting.SENSOR_MODEL;
import static dev.streetbox.config.Setting.SENSOR_PART;
import static dev.streetbox.config.Setting.SENSOR_PERIOD;
import static dev.streetbox.config.Setting.SENSOR_PORT;
import static dev.streetbox.config.Setting.SENSOR_SENSITIVITY;
import static dev.streetbox.config.Setting.SENSOR_SLOT;

import dev.streetbox.part.CatalogueEntry;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Checks one sensor against its part's entry, and fills in the defaults that the part brings. */
final class PartRules {
  /** Settings that only some parts have; the part's entry decides which. */
  private static final Set<Setting> PART_SPECIFIC =
      EnumSet.of(
          SENSOR_ADDRESS,
          SENSOR_PORT,
          SENSOR_ADC,
          SENSOR_CHANNEL,
          SENSOR_PART,
          SENSOR_DEVICE,
          SENSOR_SLOT,
          SENSOR_SENSITIVITY,
          SENSOR_MODEL,
          SENSOR_GAS);

  private final CatalogueEntry part;
  private final ParsedTable sensor;

  /**
   * Checks nothing yet.
   *
   * @param sensor the table, which receives the part's defaults and the mistakes
   */
  PartRules(CatalogueEntry part, ParsedTable sensor) {
    this.part = part;
    this.sensor = sensor;
  }

  /** Checks the sensor and completes its table. */
  void complete() {
    reportForeignSettings();
    new PlaceRules(part, sensor).complete();
    checkMode();
    checkModel();
    checkRhythm();
    if (!part.gases().isEmpty()) {
      checkGas();
    }
  }

  private void reportForeignSettings() {
    Set<Setting> foreign = EnumSet.copyOf(PART_SPECIFIC);
    foreign.removeAll(PlaceRules.keys(part.wiring()));
    if (!part.gases().isEmpty()) {
      foreign.remove(SENSOR_GAS);
    }
    if (!part.models().isEmpty()) {
      foreign.remove(SENSOR_MODEL);
    }
    for (Setting setting : foreign) {
      if (!sensor.isDefault(setting)) {
        sensor.report(setting, part.key() + " has no " + setting.key() + "; delete the line");
      }
    }
  }

  private void checkMode() {
    if (sensor.isDefault(SENSOR_MODE)) {
      return;
    }
    if (part.modes().isEmpty()) {
      sensor.report(SENSOR_MODE, part.key() + " has no mode; delete the line");
    } else {
      checkChoice(SENSOR_MODE, "has", part.modes());
    }
  }

  private void checkModel() {
    if (!sensor.isDefault(SENSOR_MODEL) && !part.models().isEmpty()) {
      checkChoice(SENSOR_MODEL, "is one of", part.models());
    }
  }

  private void checkGas() {
    sensor.require(SENSOR_GAS, part.key());
    if (!sensor.isDefault(SENSOR_GAS)) {
      checkChoice(SENSOR_GAS, "is for", List.copyOf(part.gases().keySet()));
    }
  }

  private void checkChoice(Setting setting, String verb, List<String> known) {
    if (!known.contains(sensor.text(setting))) {
      sensor.report(
          setting,
          "%s is \"%s\", but %s %s %s; type %s"
              .formatted(
                  setting.key(),
                  sensor.text(setting),
                  part.key(),
                  verb,
                  String.join(" and ", known),
                  setting.line(known.get(0))));
    }
  }

  private void checkRhythm() {
    if (part.fixedPeriod()
        && !sensor.isDefault(SENSOR_PERIOD)
        && !sensor.get(SENSOR_PERIOD, Duration.class).equals(Duration.ofSeconds(1))) {
      sensor.report(SENSOR_PERIOD, part.key() + " is read once a second; delete the line");
    }
  }
}
