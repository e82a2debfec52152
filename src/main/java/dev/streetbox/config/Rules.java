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
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks rules between settings of different tables or of one table. Used by one thread. */
final class Rules {
  private static final List<Setting> LINES =
      List.of(Setting.BUTTON_GPIO, Setting.LED_GPIO, Setting.LID_GPIO, Setting.POWER_FAIL_GPIO);

  private final Map<Section, List<ParsedTable>> tables;

  /**
   * Checks nothing yet.
   *
   * @param tables the parsed tables of every section; they receive the mistakes
   */
  Rules(Map<Section, List<ParsedTable>> tables) {
    this.tables = tables;
  }

  /**
   * Reports settings that contradict each other, and names the box if the file does not.
   *
   * @param root the file system's root, below which the board's serial number is read
   */
  void check(Path root) {
    completeBoxId(only(Section.BOX), root);
    ParsedTable mqtt = only(Section.MQTT);
    if (mqtt.isValid()) {
      checkTls(mqtt);
    }
    checkSpeed(only(Section.SIMULATE));
    checkScenario(only(Section.SIMULATE));
    checkLines();
    checkHold(only(Section.REPORT));
  }

  /** Reports two uses of one GPIO line. */
  private void checkLines() {
    Map<Integer, Setting> used = new HashMap<>();
    for (Setting setting : LINES) {
      ParsedTable table = only(setting.section());
      int number = table.isValid() ? table.get(setting, Integer.class) : -1;
      if (number < 0) {
        continue;
      }
      Setting other = used.putIfAbsent(number, setting);
      if (other != null) {
        table.report(
            setting,
            "%s = %d is the line of %s in [%s] already; type another number, or -1"
                .formatted(setting.key(), number, other.key(), other.section().key()));
      }
    }
  }

  private static void checkHold(ParsedTable report) {
    if (report.isValid()
        && report
                .get(Setting.CANCEL_AFTER, Duration.class)
                .compareTo(report.get(Setting.LONGEST_PRESS, Duration.class))
            <= 0) {
      report.report(
          Setting.CANCEL_AFTER,
          "cancel_after is not longer than longest, so that each long press would be both; type "
              + Setting.CANCEL_AFTER.example());
    }
  }

  private static void completeBoxId(ParsedTable box, Path root) {
    if (!box.isValid() || !box.isDefault(Setting.BOX_ID)) {
      return;
    }
    Optional<String> id = BoxId.of(root);
    if (id.isPresent()) {
      box.set(Setting.BOX_ID, id.get());
    } else {
      box.report(
          Setting.BOX_ID,
          "this machine has no serial number to name the box after; type "
              + Setting.BOX_ID.example()
              + " below [box]");
    }
  }

  private static void checkTls(ParsedTable mqtt) {
    URI broker = mqtt.get(BROKER, URI.class);
    for (Setting file : List.of(CA_FILE, CLIENT_CERT_FILE, CLIENT_KEY_FILE)) {
      if (!mqtt.isDefault(file) && broker.getScheme().equals("mqtt")) {
        mqtt.report(
            file,
            file.key()
                + " is only for an encrypted connection; type broker = \"mqtts://"
                + broker.getHost()
                + "\"");
      }
    }
    boolean hasCertificate = !mqtt.isDefault(CLIENT_CERT_FILE);
    if (hasCertificate == mqtt.isDefault(CLIENT_KEY_FILE)) {
      Setting present = hasCertificate ? CLIENT_CERT_FILE : CLIENT_KEY_FILE;
      Setting missing = hasCertificate ? CLIENT_KEY_FILE : CLIENT_CERT_FILE;
      mqtt.report(
          present, present.key() + " needs " + missing.key() + "; type " + missing.example());
    }
  }

  /**
   * Refuses another speed with real parts, because waits shrink and parts would be read too soon.
   */
  private void checkSpeed(ParsedTable simulate) {
    boolean valid = tables.values().stream().flatMap(List::stream).allMatch(ParsedTable::isValid);
    boolean real =
        gnss() == GnssSource.GPSD
            || tables.get(Section.SENSOR).stream().anyMatch(sensor -> !sensor.isSimulated());
    if (valid && real && simulate.get(Setting.SPEED, Double.class) != 1.0) {
      simulate.report(
          Setting.SPEED,
          "speed is only for simulated parts, but gpsd or a real bus is configured; "
              + "type "
              + Setting.SPEED.example());
    }
  }

  private void checkScenario(ParsedTable simulate) {
    if (!simulate.isValid()) {
      return;
    }
    Set<String> parts = new HashSet<>();
    for (ParsedTable sensor : tables.get(Section.SENSOR)) {
      if (sensor.isSimulated()) {
        parts.add(sensor.text(Setting.SENSOR_NAME));
        parts.add(sensor.text(Setting.SENSOR_DRIVER));
      }
    }
    if (only(Section.GNSS).isValid() && gnss() == GnssSource.SIM) {
      parts.add("gnss");
    }
    addSwitch(parts, "button", Setting.BUTTON_GPIO);
    addSwitch(parts, "lid", Setting.LID_GPIO);
    addSwitch(parts, "supply", Setting.POWER_FAIL_GPIO);
    try {
      simulate.get(Setting.SCENARIO, Scenario.class).requireParts(parts);
    } catch (TextFormatException e) {
      simulate.report(
          Setting.SCENARIO, simulate.tomlValue(Setting.SCENARIO) + ": " + e.getMessage());
    }
  }

  private void addSwitch(Set<String> parts, String name, Setting line) {
    ParsedTable table = only(line.section());
    if (table.isValid() && table.get(line, Integer.class) >= 0) {
      parts.add(name);
    }
  }

  private GnssSource gnss() {
    return only(Section.GNSS).get(Setting.GNSS_SOURCE, GnssSource.class);
  }

  private ParsedTable only(Section section) {
    return tables.get(section).get(0);
  }
}
