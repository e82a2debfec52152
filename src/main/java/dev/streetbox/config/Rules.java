package dev.streetbox.config;

import static dev.streetbox.config.Setting.BROKER;
import static dev.streetbox.config.Setting.CA_FILE;
import static dev.streetbox.config.Setting.CLIENT_CERT_FILE;
import static dev.streetbox.config.Setting.CLIENT_KEY_FILE;

import dev.streetbox.agent.Config.GnssSource;
import dev.streetbox.measure.TextFormatException;
import dev.streetbox.simulate.Scenario;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules between settings that stand in different places. */
final class Rules {
  private final Map<Section, List<ParsedTable>> tables;

  /**
   * @param tables of every section, read
   */
  Rules(Map<Section, List<ParsedTable>> tables) {
    this.tables = tables;
  }

  /** Reports what does not go together, and gives the box a name if it has none. */
  void check(Path root) {
    nameTheBox(only(Section.BOX), root);
    ParsedTable mqtt = only(Section.MQTT);
    if (mqtt.isSound()) {
      checkTls(mqtt);
    }
    checkSpeed(only(Section.SIMULATE));
    checkScenario(only(Section.SIMULATE));
  }

  private static void nameTheBox(ParsedTable box, Path root) {
    if (!box.isSound() || !box.isDefault(Setting.BOX_ID)) {
      return;
    }
    Optional<String> id = BoxId.of(root);
    if (id.isPresent()) {
      box.set(Setting.BOX_ID, id.get());
    } else {
      box.mistake(
          Setting.BOX_ID,
          "this machine has no serial number to name the box after; type "
              + TomlText.example(Setting.BOX_ID)
              + " below [box]");
    }
  }

  private static void checkTls(ParsedTable mqtt) {
    URI broker = mqtt.get(BROKER, URI.class);
    for (Setting file : List.of(CA_FILE, CLIENT_CERT_FILE, CLIENT_KEY_FILE)) {
      if (!mqtt.isDefault(file) && broker.getScheme().equals("mqtt")) {
        mqtt.mistake(
            file,
            file.key()
                + " is only for an encrypted connection; type broker = \"mqtts://"
                + broker.getHost()
                + "\"");
      }
    }
    boolean certified = !mqtt.isDefault(CLIENT_CERT_FILE);
    if (certified == mqtt.isDefault(CLIENT_KEY_FILE)) {
      Setting there = certified ? CLIENT_CERT_FILE : CLIENT_KEY_FILE;
      Setting missing = certified ? CLIENT_KEY_FILE : CLIENT_CERT_FILE;
      mqtt.mistake(
          there, there.key() + " needs " + missing.key() + "; type " + TomlText.example(missing));
    }
  }

  /** At another speed every wait is another one too, and a real part would be read too soon. */
  private void checkSpeed(ParsedTable simulate) {
    boolean sound = tables.values().stream().flatMap(List::stream).allMatch(ParsedTable::isSound);
    boolean real =
        gnss() == GnssSource.GPSD
            || tables.get(Section.SENSOR).stream().anyMatch(sensor -> !sensor.isSimulated());
    if (sound && real && simulate.get(Setting.SPEED, Double.class) != 1.0) {
      simulate.mistake(
          Setting.SPEED,
          "speed is only for simulated parts, but gpsd or a real bus is configured; "
              + "type "
              + TomlText.example(Setting.SPEED));
    }
  }

  private void checkScenario(ParsedTable simulate) {
    if (!simulate.isSound()) {
      return;
    }
    Set<String> parts = new HashSet<>();
    for (ParsedTable sensor : tables.get(Section.SENSOR)) {
      if (sensor.isSimulated()) {
        parts.add(sensor.text(Setting.SENSOR_NAME));
        parts.add(sensor.text(Setting.SENSOR_DRIVER));
      }
    }
    if (only(Section.GNSS).isSound() && gnss() == GnssSource.SIM) {
      parts.add("gnss");
    }
    try {
      simulate.get(Setting.SCENARIO, Scenario.class).requireParts(parts);
    } catch (TextFormatException e) {
      simulate.mistake(
          Setting.SCENARIO, simulate.written(Setting.SCENARIO) + ": " + e.getMessage());
    }
  }

  private GnssSource gnss() {
    return only(Section.GNSS).get(Setting.GNSS_SOURCE, GnssSource.class);
  }

  private ParsedTable only(Section section) {
    return tables.get(section).get(0);
  }
}
