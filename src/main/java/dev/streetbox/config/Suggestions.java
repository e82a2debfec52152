package dev.streetbox.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Suggests what to type where a line is not TOML, or where a name is unknown. */
final class Suggestions {
  /**
   * Pairs a part of the TOML parser's message with what to type.
   *
   * @param sign text that the message contains
   */
  private record Remedy(String sign, String text) {}

  /** The first remedy whose sign is in the message applies. */
  private static final List<Remedy> REMEDIES =
      List.of(
          new Remedy("previously defined", "keep one of the two"),
          new Remedy("Leading zeros", "delete them"),
          new Remedy("escape", "type each backslash twice"),
          new Remedy(", expected \"", "a closing quote is missing"),
          new Remedy(", expected '", "a closing quote is missing"),
          new Remedy(", expected ]", "type [name], or [[name]] for one of several"),
          new Remedy(", expected . or =", "type key = value"));

  private static final Pattern UNQUOTED = Pattern.compile("\\s*([\\w-]+)\\s*=\\s*([^\"'#]+).*");

  private Suggestions() {}

  /**
   * Returns what to type instead of a line that is not TOML.
   *
   * @param message the TOML parser's message
   * @param line the line of the file
   */
  static String forSyntaxError(String message, String line) {
    Matcher unquoted = UNQUOTED.matcher(line);
    if (message.contains("expected a") && unquoted.matches()) {
      String text = unquoted.group(2).replaceAll("[^\\x21-\\x7E]", "");
      return "put text in quotes: " + unquoted.group(1) + " = " + TomlText.value(text);
    }
    return REMEDIES.stream()
        .filter(remedy -> message.contains(remedy.sign))
        .findFirst()
        .map(Remedy::text)
        .orElse("type key = value, text in quotes");
  }

  /** Returns what to do about a key that its section does not have. */
  static String forUnknownKey(Section section, String key) {
    List<String> keys = Setting.of(section).stream().map(Setting::key).toList();
    return EditDistance.nearest(key, keys)
        .map(near -> "type " + near)
        .orElseGet(() -> otherSection(key));
  }

  /** Returns what to do about a key that stands before any section. */
  static String forKeyOutsideSections(String key) {
    return otherSection(key);
  }

  /** Returns what to do about a section that does not exist. */
  static String forUnknownSection(String name) {
    List<String> names = Arrays.stream(Section.values()).map(Section::key).toList();
    return EditDistance.nearest(name, names)
        .flatMap(Suggestions::section)
        .map(near -> "type " + near.header())
        .orElseGet(() -> otherSection(name));
  }

  private static Optional<Section> section(String key) {
    return Arrays.stream(Section.values()).filter(any -> any.key().equals(key)).findFirst();
  }

  /** Names the first section that has the key; else suggests to delete the line. */
  private static String otherSection(String key) {
    return Arrays.stream(Section.values())
        .filter(section -> Setting.of(section, key).isPresent())
        .findFirst()
        .map(section -> "it belongs below " + section.header())
        .orElse("delete it; all keys: streetbox config show --defaults");
  }
}
