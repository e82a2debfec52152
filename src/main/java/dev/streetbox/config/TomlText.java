package dev.streetbox.config;

import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** Writes values as TOML. */
final class TomlText {
  private TomlText() {}

  /**
   * Returns a value as TOML; a list or a section only as those words, and a login within a URI as
   * {@code ***}, because the login is a secret.
   */
  static String value(Object tomlValue) {
    if (tomlValue instanceof String text) {
      return "\"" + Toml.tomlEscape(text.replaceAll("//.*@", "//***@")) + "\"";
    }
    if (tomlValue instanceof TomlArray) {
      return "a list";
    }
    return tomlValue instanceof TomlTable ? "a section" : String.valueOf(tomlValue);
  }
}
