package dev.streetbox.config;

import java.util.Locale;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** Settings as they are typed. */
final class TomlText {
  private TomlText() {}

  /** A value as TOML; a login within an address is never shown. */
  static String value(Object written) {
    if (written instanceof String text) {
      return "\"" + Toml.tomlEscape(text.replaceAll("//.*@", "//***@")) + "\"";
    }
    if (written instanceof TomlArray) {
      return "a list";
    }
    return written instanceof TomlTable ? "a section" : String.valueOf(written);
  }

  /** A setting's value as TOML; an I2C address in the datasheets' hexadecimal. */
  static String value(Setting setting, Object written) {
    return setting == Setting.SENSOR_ADDRESS
            && written instanceof Number number
            && number.longValue() > 0
        ? String.format(Locale.ROOT, "0x%02X", number.longValue())
        : value(written);
  }

  /** The line {@code key = value}. */
  static String line(Setting setting, Object written) {
    return setting.key() + " = " + value(setting, written);
  }

  /** The line that shows how a setting is typed: with its default, or with an example. */
  static String example(Setting setting) {
    return line(
        setting, setting.byDefault().equals("") ? setting.kind().example() : setting.byDefault());
  }
}
