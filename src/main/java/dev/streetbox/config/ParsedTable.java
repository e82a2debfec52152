package dev.streetbox.config;

import dev.streetbox.bus.Hardware;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * Holds the settings of one table of the file, each as its TOML value and as the program's value. A
 * setting that the file leaves out, or has wrong, has its default. Used by one thread.
 */
final class ParsedTable {
  private record Value(Object tomlValue, Object parsed) {}

  private final Section section;
  private final TomlTable table;
  private final TomlPosition header;
  private final Diagnostics diagnostics;
  private final Map<Setting, Value> values = new EnumMap<>(Setting.class);
  private boolean valid = true;

  private ParsedTable(
      Section section, TomlTable table, TomlPosition header, Diagnostics diagnostics) {
    this.section = section;
    this.table = table;
    this.header = header;
    this.diagnostics = diagnostics;
  }

  /**
   * Reads one table.
   *
   * @param header where the table begins
   * @param diagnostics receives every unknown key and every value that is not of its setting's type
   */
  static ParsedTable read(
      Section section, TomlTable table, TomlPosition header, Diagnostics diagnostics) {
    ParsedTable parsed = new ParsedTable(section, table, header, diagnostics);
    Setting.of(section).forEach(setting -> parsed.set(setting, setting.defaultValue()));
    Set<String> below = section.children().stream().map(Section::key).collect(Collectors.toSet());
    for (String key : table.keySet()) {
      if (!below.contains(key)) {
        Object tomlValue = table.get(List.of(key));
        Setting.of(section, key)
            .ifPresentOrElse(
                setting -> parsed.parse(setting, tomlValue), () -> parsed.reportUnknown(key));
      }
    }
    return parsed;
  }

  /** Reads every table of a list. */
  static List<ParsedTable> readAll(Section section, TomlArray tables, Diagnostics diagnostics) {
    List<ParsedTable> list = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      list.add(read(section, tables.getTable(i), tables.inputPositionOf(i), diagnostics));
    }
    return list;
  }

  /**
   * Replaces a setting's value.
   *
   * @throws IllegalArgumentException if the TOML value is not of the setting's type
   */
  void set(Setting setting, Object tomlValue) {
    Object parsed =
        setting
            .type()
            .parse(tomlValue)
            .value()
            .orElseThrow(() -> new IllegalArgumentException(setting.line(tomlValue)));
    values.put(setting, new Value(tomlValue, parsed));
  }

  private void parse(Setting setting, Object tomlValue) {
    ParsedValue parsed = setting.type().parse(tomlValue);
    if (parsed.value().isPresent()) {
      values.put(setting, new Value(tomlValue, parsed.value().get()));
    } else {
      report(
          setting,
          "%s is %s, %s; %s"
              .formatted(
                  setting.key(),
                  setting.isPrivate() ? "***" : setting.text(tomlValue),
                  parsed.error(),
                  parsed.suggestion().isEmpty()
                      ? "type " + setting.example()
                      : parsed.suggestion()));
    }
  }

  private void reportUnknown(String key) {
    valid = false;
    diagnostics.add(
        table.inputPositionOf(List.of(key)),
        "unknown key %s in %s; %s"
            .formatted(
                PrivateLines.withoutNumbers(section, key),
                section.header(),
                Suggestions.forUnknownKey(section, key)));
  }

  /**
   * Reports a mistake at the setting's position, or at the table's if the file has no such line.
   */
  void report(Setting setting, String text) {
    valid = false;
    diagnostics.add(position(setting), text);
  }

  /** Reports a setting that a part needs and that the file does not have. */
  void require(Setting setting, String part) {
    if (isDefault(setting)) {
      report(setting, part + " needs " + setting.key() + "; type " + setting.example());
    }
  }

  /** Returns whether the sensor of this table is to be simulated. */
  boolean isSimulated() {
    return Hardware.isSimulated(text(Setting.SENSOR_BUS));
  }

  /** Returns the setting's position in the file, or the table's if the file has no such line. */
  TomlPosition position(Setting setting) {
    return Optional.ofNullable(table.inputPositionOf(List.of(setting.key()))).orElse(header);
  }

  /** Returns whether the table has no mistake so far, so that its settings can be compared. */
  boolean isValid() {
    return valid;
  }

  /** Returns a setting's TOML value: a String, a Long, a Double, … */
  Object tomlValue(Setting setting) {
    return values.get(setting).tomlValue;
  }

  /**
   * Returns a setting's value as the program uses it.
   *
   * @param type the Java class that the setting's {@link ValueType} makes
   */
  <T> T get(Setting setting, Class<T> type) {
    return type.cast(values.get(setting).parsed);
  }

  /** Returns the value of a setting that is a String. */
  String text(Setting setting) {
    return get(setting, String.class);
  }

  /** Returns whether a setting has its default. */
  boolean isDefault(Setting setting) {
    return tomlValue(setting).equals(setting.defaultValue());
  }

  /**
   * Returns the settings that have an effect, in the order of {@link Setting}: of a sensor, those
   * that its part has; of any other section, all.
   */
  List<Setting> effectiveSettings() {
    if (section != Section.SENSOR) {
      return Setting.of(section);
    }
    Set<Setting> always =
        EnumSet.of(Setting.SENSOR_NAME, Setting.SENSOR_DRIVER, Setting.SENSOR_PERIOD);
    if (!isDefault(Setting.SENSOR_ADC)) {
      always.add(Setting.SENSOR_CHANNEL);
    }
    return Setting.of(section).stream()
        .filter(setting -> always.contains(setting) || !isDefault(setting))
        .toList();
  }
}
