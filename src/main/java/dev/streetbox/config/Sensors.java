package dev.streetbox.config;

import static dev.streetbox.config.Setting.SENSOR_ADC;
import static dev.streetbox.config.Setting.SENSOR_ADDRESS;
import static dev.streetbox.config.Setting.SENSOR_BUS;
import static dev.streetbox.config.Setting.SENSOR_CHANNEL;
import static dev.streetbox.config.Setting.SENSOR_DEVICE;
import static dev.streetbox.config.Setting.SENSOR_DRIVER;
import static dev.streetbox.config.Setting.SENSOR_GAS;
import static dev.streetbox.config.Setting.SENSOR_MODE;
import static dev.streetbox.config.Setting.SENSOR_NAME;
import static dev.streetbox.config.Setting.SENSOR_PART;
import static dev.streetbox.config.Setting.SENSOR_PERIOD;
import static dev.streetbox.config.Setting.SENSOR_PORT;
import static dev.streetbox.config.Setting.SENSOR_SENSITIVITY;

import dev.streetbox.agent.Config.CaptureSettings;
import dev.streetbox.agent.Config.SensorSettings;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tomlj.TomlArray;

/** The list of {@code [[sensor]]}: each complete, no two with one name or in one place. */
final class Sensors {
  private final Mistakes mistakes;
  private final Taken names = new Taken();
  private final Taken places = new Taken();

  private Sensors(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /** Reads the list; what is the part's own, such as its address, is filled in. */
  static List<Values> read(TomlArray tables, Mistakes mistakes) {
    Sensors sensors = new Sensors(mistakes);
    List<Values> list = Values.readAll(Section.SENSOR, tables, mistakes);
    list.stream().filter(Values::isSound).forEach(sensors::complete);
    return list;
  }

  /** The settings that mean something to a complete sensor, in the order of the table. */
  static List<Setting> shown(Values sensor) {
    Set<Setting> always = EnumSet.of(SENSOR_NAME, SENSOR_DRIVER, SENSOR_PERIOD);
    if (!sensor.isDefault(SENSOR_ADC)) {
      always.add(SENSOR_CHANNEL);
    }
    return Setting.of(Section.SENSOR).stream()
        .filter(setting -> always.contains(setting) || !sensor.isDefault(setting))
        .toList();
  }

  /** A complete sensor as the agent wants it. */
  static SensorSettings settings(Values sensor) {
    boolean onI2c = !sensor.isDefault(SENSOR_ADDRESS);
    boolean converted = !sensor.isDefault(SENSOR_ADC);
    return new SensorSettings(
        sensor.text(SENSOR_NAME),
        sensor.text(SENSOR_DRIVER),
        sensor.text(SENSOR_BUS),
        onI2c ? sensor.get(SENSOR_ADDRESS, Integer.class) : -1,
        sensor.text(SENSOR_PORT),
        sensor.text(SENSOR_MODE),
        sensor.text(SENSOR_ADC),
        converted ? sensor.get(SENSOR_CHANNEL, Integer.class) : -1,
        new CaptureSettings(
            sensor.text(SENSOR_PART),
            sensor.text(SENSOR_DEVICE),
            sensor.get(SENSOR_SENSITIVITY, Double.class)),
        sensor.text(SENSOR_GAS),
        sensor.get(SENSOR_PERIOD, Duration.class));
  }

  private void complete(Values sensor) {
    Optional<Part> part = Part.of(sensor.text(SENSOR_DRIVER));
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
    boolean placed = sensor.isSound();
    names.add(TomlText.line(SENSOR_NAME, sensor.text(SENSOR_NAME)), SENSOR_NAME, sensor);
    if (placed) {
      for (int input = 0; input < part.get().inputs(); input++) {
        places.add(placeOf(sensor, input), settingOfPlace(part.get()), sensor);
      }
    }
  }

  private static Setting settingOfPlace(Part part) {
    return switch (part.wiring()) {
      case I2C, CONVERTER -> SENSOR_ADDRESS;
      case SERIAL -> SENSOR_PORT;
      case AUDIO -> SENSOR_DEVICE;
    };
  }

  /**
   * Where it is, in the words of the file. Simulated parts without an address have a place each, of
   * which only the driver tells.
   *
   * @param input which of its converter's inputs, counted from its channel on
   */
  private static String placeOf(Values sensor, int input) {
    Set<Setting> place =
        EnumSet.of(
            SENSOR_BUS, SENSOR_ADDRESS, SENSOR_PORT, SENSOR_ADC, SENSOR_CHANNEL, SENSOR_DEVICE);
    if (sensor.text(SENSOR_BUS).equals("sim") && sensor.isDefault(SENSOR_ADDRESS)) {
      place.add(SENSOR_DRIVER);
    }
    return shown(sensor).stream()
        .filter(place::contains)
        .map(
            setting ->
                setting == SENSOR_CHANNEL
                    ? TomlText.line(setting, sensor.get(setting, Integer.class) + input)
                    : TomlText.line(setting, sensor.written(setting)))
        .collect(Collectors.joining(", "));
  }
}
