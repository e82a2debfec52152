package dev.streetbox.config;

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
  private final Map<Section, List<ParsedTable>> tables = new EnumMap<>(Section.class);

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
   * @param root the file system's root, below which the board's serial number and its serial ports
   *     are looked up
   * @throws ConfigException with every mistake in the text
   */
  ConfigFile parse(Path root) throws ConfigException {
    toml.errors().forEach(mistakes::addSyntax);
    for (String name : toml.keySet()) {
      if (Section.of(name).isEmpty()) {
        mistakes.add(at(List.of(name)), unknown(name));
      }
    }
    for (Section section : Section.values()) {
      if (written(section).isPresent() && !isWellFormed(section)) {
        mistakes.add(
            at(section.path()), section.fullName() + " is a section; type " + section.header());
      }
      tables.put(section, read(section, root));
    }
    new Rules(tables).check(root);
    if (!mistakes.isEmpty()) {
      throw new ConfigException(mistakes.inOrder());
    }
    return new ConfigFile(tables);
  }

  private List<ParsedTable> read(Section section, Path root) {
    return switch (section) {
      case SENSOR -> Sensors.read(list(section), mistakes, root);
      case ZONE -> Zones.read(list(section), mistakes);
      case BOX, GNSS, TIME, STORE, MQTT, QUALITY, PRIVACY, REPORT, SIMULATE ->
          List.of(ParsedTable.read(section, table(section), at(section.path()), mistakes));
    };
  }

  private String unknown(String name) {
    Object written = toml.get(List.of(name));
    return written instanceof TomlTable || written instanceof TomlArray
        ? Unknown.section(name)
        : Unknown.homeless(name);
  }

  /** What stands where the section should; nothing too if what is around it is no section. */
  private Optional<Object> written(Section section) {
    List<String> around = section.path().subList(0, section.path().size() - 1);
    return around.isEmpty() || toml.get(around) instanceof TomlTable
        ? Optional.ofNullable(toml.get(section.path()))
        : Optional.empty();
  }

  /** Whether the section is written, and as it should be. */
  private boolean isWellFormed(Section section) {
    Object written = written(section).orElse("");
    if (!section.isList()) {
      return written instanceof TomlTable;
    }
    return written instanceof TomlArray array
        && array.toList().stream().allMatch(TomlTable.class::isInstance);
  }

  private TomlTable table(Section section) {
    return isWellFormed(section) ? toml.getTable(section.path()) : Toml.parse("");
  }

  private TomlArray list(Section section) {
    return isWellFormed(section)
        ? toml.getArray(section.path())
        : Toml.parse("none = []").getArray("none");
  }

  private TomlPosition at(List<String> path) {
    return Optional.ofNullable(toml.inputPositionOf(path)).orElse(TOP);
  }
}
