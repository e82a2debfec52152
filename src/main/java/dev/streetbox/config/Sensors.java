package dev.streetbox.config;

import static dev.streetbox.config.Setting.SENSOR_DRIVER;
import static dev.streetbox.config.Setting.SENSOR_GAS;
import static dev.streetbox.config.Setting.SENSOR_MODE;
import static dev.streetbox.config.Setting.SENSOR_MODEL;
import static dev.streetbox.config.Setting.SENSOR_NAME;
import static dev.streetbox.config.Setting.SENSOR_PART;
import static dev.streetbox.config.Setting.SENSOR_PERIOD;
import static dev.streetbox.config.Setting.SENSOR_SENSITIVITY;
import static dev.streetbox.config.Setting.SENSOR_SLOT;

import dev.streetbox.part.Catalogue;
import dev.streetbox.part.CatalogueEntry;
import dev.streetbox.part.SensorSettings;
import dev.streetbox.sound.MicrophonePart;
import dev.streetbox.sound.MicrophoneSettings;
import dev.streetbox.sound.Slot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tomlj.TomlArray;

/**
 * Reads the list of {@code [[sensor]]}, completes each and reports two with one name or in one
 * place. Used once, by one thread.
 */
final class Sensors {
  private final Diagnostics diagnostics;
  private final Path root;
  private final UniqueKeys names = new UniqueKeys();
  private final List<Claim> claims = new ArrayList<>();

  private Sensors(Diagnostics diagnostics, Path root) {
    this.diagnostics = diagnostics;
    this.root = root;
  }

  /**
   * Reads the list and fills in what the file leaves to the part, such as its address.
   *
   * @param root the file system's root, below which links to serial ports are followed
   */
  static List<ParsedTable> read(TomlArray tables, Diagnostics diagnostics, Path root) {
    Sensors sensors = new Sensors(diagnostics, root);
    List<ParsedTable> list = ParsedTable.readAll(Section.SENSOR, tables, diagnostics);
    list.stream().filter(ParsedTable::isValid).forEach(sensors::complete);
    new PlaceConflicts(sensors.claims).report();
    return list;
  }

  /** Returns the settings of a complete sensor in the form that the agent uses. */
  static SensorSettings settings(ParsedTable sensor) {
    CatalogueEntry part = Catalogue.of(sensor.text(SENSOR_DRIVER)).orElseThrow();
    return new SensorSettings(
        sensor.text(SENSOR_NAME),
        part,
        PlaceRules.place(part, sensor),
        sensor.isSimulated(),
        optional(SENSOR_MODE, sensor),
        optional(SENSOR_MODEL, sensor),
        optional(SENSOR_GAS, sensor),
        microphone(sensor),
        sensor.get(SENSOR_PERIOD, Duration.class));
  }

  private static Optional<String> optional(Setting setting, ParsedTable sensor) {
    return sensor.isDefault(setting) ? Optional.empty() : Optional.of(sensor.text(setting));
  }

  /**
   * Returns a microphone's settings; the frequency response is always corrected, as the note in
   * hardware-notes recommends.
   */
  private static Optional<MicrophoneSettings> microphone(ParsedTable sensor) {
    return MicrophonePart.of(sensor.text(SENSOR_PART))
        .map(
            type ->
                new MicrophoneSettings(
                    type,
                    sensor.isDefault(SENSOR_SENSITIVITY)
                        ? type.sensitivityDbfs()
                        : sensor.get(SENSOR_SENSITIVITY, Double.class),
                    true,
                    Slot.of(sensor.text(SENSOR_SLOT))));
  }

  private void complete(ParsedTable sensor) {
    Optional<CatalogueEntry> part = Catalogue.of(sensor.text(SENSOR_DRIVER));
    if (part.isEmpty()) {
      if (!diagnostics.hasSyntaxErrors()) {
        sensor.report(SENSOR_DRIVER, "driver is missing; type " + SENSOR_DRIVER.example());
      }
      return;
    }
    if (sensor.isDefault(SENSOR_NAME)) {
      sensor.set(SENSOR_NAME, sensor.text(SENSOR_DRIVER));
    }
    new PartRules(part.get(), sensor).complete();
    if (sensor.isValid()) {
      claims.add(Claim.of(part.get(), sensor, root));
    }
    names.add(SENSOR_NAME.line(sensor.text(SENSOR_NAME)), SENSOR_NAME, sensor);
  }
}
