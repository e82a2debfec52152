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

/** Parses and checks the text of a configuration. Used once, by one thread. */
final class ConfigParser {
  private static final TomlPosition TOP = TomlPosition.positionAt(1, 1);

  private final TomlParseResult toml;
  private final Diagnostics diagnostics;
  private final Map<Section, List<ParsedTable>> tables = new EnumMap<>(Section.class);

  /**
   * Parses the TOML; {@link #parse} checks the settings.
   *
   * @param file the file's name, for the messages
   * @param text the file's content; a byte order mark at its beginning is allowed
   */
  ConfigParser(String file, String text) {
    String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    this.toml = Toml.parse(content);
    this.diagnostics = new Diagnostics(file, content);
  }

  /**
   * Checks everything and returns the tables of each section: one, or any number of a list.
   *
   * @param root the file system's root, below which the board's serial number and links to its
   *     serial ports are read
   * @throws ConfigException with every mistake in the text
   */
  Map<Section, List<ParsedTable>> parse(Path root) throws ConfigException {
    toml.errors().forEach(diagnostics::addSyntaxError);
    for (String name : toml.keySet()) {
      if (Section.of(name).isEmpty()) {
        diagnostics.add(position(List.of(name)), unknown(name));
      }
    }
    for (Section section : Section.values()) {
      if (content(section).isPresent() && !isWellFormed(section)) {
        diagnostics.add(
            position(section.path()),
            section.fullName() + " is a section; type " + section.header());
      }
      tables.put(section, read(section, root));
    }
    new Rules(tables).check(root);
    if (!diagnostics.isEmpty()) {
      throw new ConfigException(diagnostics.lines());
    }
    return tables;
  }

  private List<ParsedTable> read(Section section, Path root) {
    return switch (section) {
      case SENSOR -> Sensors.read(list(section), diagnostics, root);
      case ZONE -> Zones.read(list(section), diagnostics);
      case BOX, GNSS, TIME, STORE, MQTT, QUALITY, SOUND_EVENT, PRIVACY, TAMPER, REPORT, SIMULATE ->
          List.of(ParsedTable.read(section, table(section), position(section.path()), diagnostics));
    };
  }

  private String unknown(String name) {
    Object content = toml.get(List.of(name));
    String shown = PrivateLines.withoutCoordinate(name);
    return content instanceof TomlTable || content instanceof TomlArray
        ? "unknown section " + shown + "; " + Suggestions.forUnknownSection(name)
        : "key " + shown + " stands before any section; " + Suggestions.forKeyOutsideSections(name);
  }

  /** Returns what the file has at a section's path; empty if the parent is no section either. */
  private Optional<Object> content(Section section) {
    List<String> parent = section.path().subList(0, section.path().size() - 1);
    return parent.isEmpty() || toml.get(parent) instanceof TomlTable
        ? Optional.ofNullable(toml.get(section.path()))
        : Optional.empty();
  }

  /** Returns whether the file has the section, as a table or a list of tables as it should be. */
  private boolean isWellFormed(Section section) {
    Object content = content(section).orElse("");
    if (!section.isList()) {
      return content instanceof TomlTable;
    }
    return content instanceof TomlArray array
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

  private TomlPosition position(List<String> path) {
    return Optional.ofNullable(toml.inputPositionOf(path)).orElse(TOP);
  }
}
