package dev.streetbox.config;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.measure.JsonText;
import java.io.IOException;

/** Writes configurations as TOML and JSON. */
public final class ConfigText {
  private static final String PREAMBLE =
      """
      # The configuration of a Streetbox, /etc/streetbox/streetbox.toml.
      #
      # Every setting is here with its default: deleting a line changes nothing.
      # Durations are typed "250ms" "10s" "5m" "2h" "7d", sizes "64kB" "512MB" "2GB".
      # After a change: streetbox config check && sudo systemctl restart streetbox
      """;

  /** The width of a terminal, in characters. */
  private static final int COLUMNS = 80;

  private ConfigText() {}

  /** Returns the text of {@code deploy/streetbox.toml}: every setting, its default, its purpose. */
  public static String defaults() {
    StringBuilder text = new StringBuilder(PREAMBLE);
    for (Section section : Section.values()) {
      text.append("\n# ").append(section.description()).append('\n');
      String mark = section.isList() ? "# " : "";
      text.append(mark).append(section.header()).append('\n');
      for (Setting setting : Setting.of(section)) {
        text.append("# ").append(setting.description()).append('\n');
        text.append(lineWithForm(mark + setting.line(setting.defaultValue()), setting.type()));
      }
    }
    return text.toString();
  }

  /** Appends the type's form to a line, or puts it above if a terminal is too narrow for both. */
  private static String lineWithForm(String line, ValueType type) {
    String both = String.format("%-38s # %s%n", line, type.form());
    return both.length() <= COLUMNS + 1
        ? both
        : type.form().replaceAll("(.{1,76})( |$)", "#   $1\n") + line + "\n";
  }

  /** Returns the effective settings as TOML that parses to the same, except for masked values. */
  public static String toml(ConfigFile config) {
    StringBuilder text = new StringBuilder();
    for (Section section : Section.values()) {
      for (ParsedTable table : config.tables(section)) {
        text.append(text.isEmpty() ? "" : "\n").append(section.header()).append('\n');
        for (Setting setting : table.effectiveSettings()) {
          text.append(setting.line(masked(setting, table))).append('\n');
        }
      }
    }
    return text.toString();
  }

  /** Returns the effective settings as one JSON object with the keys of the TOML. */
  public static String json(ConfigFile config) {
    return JsonText.object(
            json -> {
              for (Section section : Section.top()) {
                write(json, section, config);
              }
            })
        + "\n";
  }

  private static void write(JsonGenerator json, Section section, ConfigFile config)
      throws IOException {
    json.writeFieldName(section.key());
    if (section.isList()) {
      json.writeStartArray();
    }
    for (ParsedTable table : config.tables(section)) {
      json.writeStartObject();
      writeFields(json, table);
      for (Section child : section.children()) {
        write(json, child, config);
      }
      json.writeEndObject();
    }
    if (section.isList()) {
      json.writeEndArray();
    }
  }

  private static void writeFields(JsonGenerator json, ParsedTable table) throws IOException {
    for (Setting setting : table.effectiveSettings()) {
      json.writeFieldName(setting.key());
      Object value = masked(setting, table);
      if (value instanceof String string) {
        json.writeString(string);
      } else if (value instanceof Long number) {
        json.writeNumber(number);
      } else {
        json.writeNumber(((Number) value).doubleValue());
      }
    }
  }

  /**
   * Returns a setting's TOML value, or asterisks for the name of the user, which some platforms use
   * as an access token, and for the centre of a privacy zone.
   */
  private static Object masked(Setting setting, ParsedTable table) {
    boolean secret = setting == Setting.USERNAME || setting.isLocation();
    return secret && !table.isDefault(setting) ? "********" : table.tomlValue(setting);
  }
}
