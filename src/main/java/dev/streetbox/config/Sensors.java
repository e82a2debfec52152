package dev.streetbox.config;

import static dev.streetbox.config.Setting.SENSOR_ADC;
import static dev.streetbox.config.Setting.SENSOR_CHANNEL;
import static dev.streetbox.config.Setting.SENSOR_DRIVER;
import static dev.streetbox.config.Setting.SENSOR_GAS;
import static dev.streetbox.config.Setting.SENSOR_MODE;
import static dev.streetbox.config.Setting.SENSOR_NAME;
import static dev.streetbox.config.Setting.SENSOR_PART;
import static dev.streetbox.config.Setting.SENSOR_PERIOD;
import static dev.streetbox.config.Setting.SENSOR_SENSITIVITY;

import dev.streetbox.part.Catalogue;
import dev.streetbox.part.CatalogueEntry;
import dev.streetbox.part.SensorSettings;
import dev.streetbox.sound.MicrophonePart;
import dev.streetbox.sound.MicrophoneSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tomlj.TomlArray;

/** The list of {@code [[sensor]]}: each complete, no two with one name or in one place. */
final class Sensors {
  private final Mistakes mistakes;
  private final Path root;
  private final UniqueKeys names = new UniqueKeys();
  private final List<Claim> claims = new ArrayList<>();

  private Sensors(Mistakes mistakes, Path root) {
    this.mistakes = mistakes;
    this.root = root;
  }

  /**
   * Reads the list; what is the part's own, such as its address, is filled in.
   *
   * @param root the file system's root, below which links to serial ports are followed
   */
  static List<ParsedTable> read(TomlArray tables, Mistakes mistakes, Path root) {
    Sensors sensors = new Sensors(mistakes, root);
    List<ParsedTable> list = ParsedTable.readAll(Section.SENSOR, tables, mistakes);
    list.stream().filter(ParsedTable::isSound).forEach(sensors::complete);
    new PlaceConflicts(sensors.claims).report();
    return list;
  }

  /** The settings that mean something to a complete sensor, in the order of the table. */
  static List<Setting> shown(ParsedTable sensor) {
    Set<Setting> always = EnumSet.of(SENSOR_NAME, SENSOR_DRIVER, SENSOR_PERIOD);
    if (!sensor.isDefault(SENSOR_ADC)) {
      always.add(SENSOR_CHANNEL);
    }
    return Setting.of(Section.SENSOR).stream()
        .filter(setting -> always.contains(setting) || !sensor.isDefault(setting))
        .toList();
  }

  /** A complete sensor as the agent wants it. */
  static SensorSettings settings(ParsedTable sensor) {
    CatalogueEntry part = Catalogue.of(sensor.text(SENSOR_DRIVER)).orElseThrow();
    return new SensorSettings(
        sensor.text(SENSOR_NAME),
        part,
        PlaceRules.place(part, sensor),
        sensor.isSimulated(),
        optional(SENSOR_MODE, sensor),
        optional(SENSOR_GAS, sensor),
        microphone(sensor),
        sensor.get(SENSOR_PERIOD, Duration.class));
  }

  private static Optional<String> optional(Setting setting, ParsedTable sensor) {
    return sensor.isDefault(setting) ? Optional.empty() : Optional.of(sensor.text(setting));
  }

  /** Its frequency response is always corrected, as its note in hardware-notes says. */
  private static Optional<MicrophoneSettings> microphone(ParsedTable sensor) {
    return MicrophonePart.of(sensor.text(SENSOR_PART))
        .map(
            type ->
                new MicrophoneSettings(
                    type,
                    sensor.isDefault(SENSOR_SENSITIVITY)
                        ? type.sensitivityDbfs()
                        : sensor.get(SENSOR_SENSITIVITY, Double.class),
                    true));
  }

  private void complete(ParsedTable sensor) {
    Optional<CatalogueEntry> part = Catalogue.of(sensor.text(SENSOR_DRIVER));
    if (part.isEmpty()) {
      if (!mistakes.hasSyntax()) {
        sensor.mistake(SENSOR_DRIVER, "driver is missing; type " + TomlText.example(SENSOR_DRIVER));
      }
      return;
    }
    if (sensor.isDefault(SENSOR_NAME)) {
      sensor.set(SENSOR_NAME, sensor.text(SENSOR_DRIVER));
    }
    new PartRules(part.get(), sensor).complete();
    if (sensor.isSound()) {
      claims.add(Claim.of(part.get(), sensor, root));
    }
    names.add(TomlText.line(SENSOR_NAME, sensor.text(SENSOR_NAME)), SENSOR_NAME, sensor);
  }
}
