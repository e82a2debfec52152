package dev.streetbox.cli;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** From the text of a configuration to its settings, or to all of its mistakes. Used once. */
final class ConfigParser {
  private static final TomlPosition TOP = TomlPosition.positionAt(1, 1);

  private final TomlParseResult toml;
  private final Mistakes mistakes;
  private final Map<Section, Values> sections = new EnumMap<>(Section.class);

  /**
   * Nothing is checked yet.
   *
   * @param file its name, for the messages
   * @param text its content; a byte order mark is no mistake
   */
  ConfigParser(String file, String text) {
    String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    this.toml = Toml.parse(content);
    this.mistakes = new Mistakes(file, content);
  }

  /**
   * Checks everything.
   *
   * @param root the file system's root, below which the board's serial number is looked up
   * @throws ConfigException with every mistake in the text
   */
  ConfigFile parse(Path root) throws ConfigException {
    toml.errors().forEach(mistakes::addSyntax);
    for (String name : toml.keySet()) {
      Optional<Section> section = Section.of(name);
      if (section.isEmpty()) {
        mistakes.add(at(name), unknown(name));
      } else if (!isWellFormed(section.get())) {
        mistakes.add(at(name), name + " is a section; type " + section.get().header());
      }
    }
    for (Section section : Section.values()) {
      if (!section.isList()) {
        sections.put(section, Values.read(section, table(section), at(section.key()), mistakes));
      }
    }
    List<Values> sensors = Sensors.read(sensorTables(), mistakes);
    new Rules(sections, sensors).check(root);
    if (!mistakes.isEmpty()) {
      throw new ConfigException(mistakes.inOrder());
    }
    return new ConfigFile(sections, sensors);
  }

  private String unknown(String name) {
    Object written = toml.get(List.of(name));
    return written instanceof TomlTable || written instanceof TomlArray
        ? Unknown.section(name)
        : Unknown.homeless(name);
  }

  /** Whether the section is written as it should be, if it is written at all. */
  private boolean isWellFormed(Section section) {
    Object written = toml.get(List.of(section.key()));
    if (!section.isList()) {
      return written instanceof TomlTable;
    }
    return written instanceof TomlArray array
        && array.toList().stream().allMatch(TomlTable.class::isInstance);
  }

  private TomlTable table(Section section) {
    return isWellFormed(section) ? toml.getTable(List.of(section.key())) : Toml.parse("");
  }

  private TomlArray sensorTables() {
    return isWellFormed(Section.SENSOR)
        ? toml.getArray(List.of(Section.SENSOR.key()))
        : Toml.parse("none = []").getArray("none");
  }

  private TomlPosition at(String name) {
    return Optional.ofNullable(toml.inputPositionOf(List.of(name))).orElse(TOP);
  }
}
