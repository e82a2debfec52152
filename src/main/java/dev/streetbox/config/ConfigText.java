package dev.streetbox.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Configurations as people and programs read them. */
public final class ConfigText {
  private static final String PREAMBLE =
      """
      # The configuration of a Streetbox, /etc/streetbox/streetbox.toml.
      #
      # Every setting is here with its default: deleting a line changes nothing.
      # Durations are typed "250ms" "10s" "5m" "2h" "7d", sizes "64kB" "512MB" "2GB".
      # After a change: streetbox config check && sudo systemctl restart streetbox
      """;

  private static final int COLUMNS = 80;

  private ConfigText() {}

  /** The text of {@code deploy/streetbox.toml}: every setting, its default, its sentence. */
  public static String defaults() {
    StringBuilder text = new StringBuilder(PREAMBLE);
    for (Section section : Section.values()) {
      text.append("\n# ").append(section.sentence()).append('\n');
      String mark = section.isList() ? "# " : "";
      text.append(mark).append(section.header()).append('\n');
      for (Setting setting : Setting.of(section)) {
        text.append("# ").append(setting.sentence()).append('\n');
        text.append(typed(mark + TomlText.line(setting, setting.byDefault()), setting.kind()));
      }
    }
    return text.toString();
  }

  /** A line and behind it what it may be, or above it, if a terminal is too narrow for both. */
  private static String typed(String line, ValueType valueType) {
    String both = String.format("%-38s # %s%n", line, valueType.form());
    return both.length() <= COLUMNS + 1
        ? both
        : valueType.form().replaceAll("(.{1,76})( |$)", "#   $1\n") + line + "\n";
  }

  /** The effective settings as TOML that means the same, but for what is masked. */
  public static String toml(ConfigFile config) {
    StringBuilder text = new StringBuilder();
    for (Section section : Section.values()) {
      for (ParsedTable table : config.values(section)) {
        text.append(text.isEmpty() ? "" : "\n").append(section.header()).append('\n');
        shown(section, table)
            .forEach(
                setting ->
                    text.append(TomlText.line(setting, visible(setting, table))).append('\n'));
      }
    }
    return text.toString();
  }

  /** The effective settings as one JSON object, keyed as the TOML is. */
  public static String json(ConfigFile config) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      for (Section section : Section.top()) {
        write(json, section, config);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does not fail", e);
    }
    return text + "\n";
  }

  private static void write(JsonGenerator json, Section section, ConfigFile config)
      throws IOException {
    json.writeFieldName(section.key());
    if (section.isList()) {
      json.writeStartArray();
    }
    for (ParsedTable table : config.values(section)) {
      json.writeStartObject();
      writeFields(json, section, table);
      for (Section child : section.children()) {
        write(json, child, config);
      }
      json.writeEndObject();
    }
    if (section.isList()) {
      json.writeEndArray();
    }
  }

  private static void writeFields(JsonGenerator json, Section section, ParsedTable table)
      throws IOException {
    for (Setting setting : shown(section, table)) {
      json.writeFieldName(setting.key());
      Object value = visible(setting, table);
      if (value instanceof String string) {
        json.writeString(string);
      } else if (value instanceof Long number) {
        json.writeNumber(number);
      } else {
        json.writeNumber(((Number) value).doubleValue());
      }
    }
  }

  /** Of a sensor, what its part has. */
  static List<Setting> shown(Section section, ParsedTable table) {
    return section == Section.SENSOR ? Sensors.shown(table) : Setting.of(section);
  }

  /** Some platforms take an access token as the name of the user; and a zone is a home. */
  private static Object visible(Setting setting, ParsedTable table) {
    boolean secret = setting == Setting.USERNAME || setting.isPlace();
    return secret && !table.isDefault(setting) ? "********" : table.written(setting);
  }
}
