package dev.streetbox.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to type where a line is not TOML, told by the parser's complaint and the line itself. */
final class Cure {
  private record Remedy(String sign, String text) {}

  /** The first whose sign is in the complaint holds. */
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

  private Cure() {}

  /** The remedy, as words that follow the complaint. */
  static String of(String complaint, String line) {
    Matcher unquoted = UNQUOTED.matcher(line);
    if (complaint.contains("expected a") && unquoted.matches()) {
      String text = unquoted.group(2).replaceAll("[^\\x21-\\x7E]", "");
      return "text stands in quotes: " + unquoted.group(1) + " = " + TomlText.value(text);
    }
    return REMEDIES.stream()
        .filter(remedy -> complaint.contains(remedy.sign))
        .findFirst()
        .map(Remedy::text)
        .orElse("type key = value, text in quotes");
  }
}
