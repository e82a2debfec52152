package dev.streetbox.config;

import dev.streetbox.bus.Hardware;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * The settings of one table of the file, each as typed and as meant; what the file leaves out, or
 * has wrong, has its default. Used by one thread.
 */
final class ParsedTable {
  private record Value(Object written, Object meant) {}

  private final TomlTable table;
  private final TomlPosition header;
  private final Mistakes mistakes;
  private final Map<Setting, Value> values = new EnumMap<>(Setting.class);
  private boolean sound = true;

  private ParsedTable(TomlTable table, TomlPosition header, Mistakes mistakes) {
    this.table = table;
    this.header = header;
    this.mistakes = mistakes;
  }

  /**
   * Reads one table.
   *
   * @param header where the table begins
   * @param mistakes receives every unknown key and every value that is not of its setting's kind
   */
  static ParsedTable read(
      Section section, TomlTable table, TomlPosition header, Mistakes mistakes) {
    ParsedTable values = new ParsedTable(table, header, mistakes);
    Setting.of(section).forEach(setting -> values.set(setting, setting.byDefault()));
    Set<String> below = section.children().stream().map(Section::key).collect(Collectors.toSet());
    for (String key : table.keySet()) {
      if (below.contains(key)) {
        continue;
      }
      Object written = table.get(List.of(key));
      Setting.of(section, key)
          .ifPresentOrElse(
              setting -> values.take(setting, written), () -> values.unknown(section, key));
    }
    return values;
  }

  /** Reads every table of a list. */
  static List<ParsedTable> readAll(Section section, TomlArray tables, Mistakes mistakes) {
    List<ParsedTable> list = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      list.add(read(section, tables.getTable(i), tables.inputPositionOf(i), mistakes));
    }
    return list;
  }

  /** Puts a value that is known to be of the setting's kind, in place of an empty one. */
  void set(Setting setting, Object written) {
    try {
      values.put(setting, new Value(written, setting.kind().meaning().of(written)));
    } catch (WrongValueException e) {
      throw new IllegalArgumentException(TomlText.line(setting, written), e);
    }
  }

  private void take(Setting setting, Object written) {
    try {
      values.put(setting, new Value(written, setting.kind().meaning().of(written)));
    } catch (WrongValueException e) {
      mistake(
          setting,
          "%s is %s, %s; %s"
              .formatted(
                  setting.key(),
                  setting.isPlace() ? "***" : TomlText.value(setting, written),
                  e.getMessage(),
                  e.cure().orElse("type " + TomlText.example(setting))));
    }
  }

  private void unknown(Section section, String key) {
    sound = false;
    mistakes.add(table.inputPositionOf(List.of(key)), Unknown.key(section, key));
  }

  /** Reports what is wrong with a setting, at its place in the file or else at the table's. */
  void mistake(Setting setting, String text) {
    sound = false;
    mistakes.add(at(setting), text);
  }

  /** Reports a setting that a part needs and the file has not. */
  void require(Setting setting, String part) {
    if (isDefault(setting)) {
      mistake(setting, part + " needs " + setting.key() + "; type " + TomlText.example(setting));
    }
  }

  /** Returns whether the sensor of this table is to be simulated. */
  boolean isSimulated() {
    return Hardware.isSimulated(text(Setting.SENSOR_BUS));
  }

  /** Where the setting stands, or else the table. */
  TomlPosition at(Setting setting) {
    return Optional.ofNullable(table.inputPositionOf(List.of(setting.key()))).orElse(header);
  }

  /** Whether no mistake was found in the table, so that rules between its settings make sense. */
  boolean isSound() {
    return sound;
  }

  /** The value as TOML has it. */
  Object written(Setting setting) {
    return values.get(setting).written;
  }

  /** The value as the program has it. */
  <T> T get(Setting setting, Class<T> type) {
    return type.cast(values.get(setting).meant);
  }

  /** The value of a setting that is a String. */
  String text(Setting setting) {
    return get(setting, String.class);
  }

  /** Whether the setting is what it is by default. */
  boolean isDefault(Setting setting) {
    return written(setting).equals(setting.byDefault());
  }
}
