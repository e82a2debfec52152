package dev.streetbox.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What to say about a name that the configuration does not have. */
final class Unknown {
  private Unknown() {}

  /** A key that its section does not have. */
  static String key(Section section, String key) {
    List<String> keys = Setting.of(section).stream().map(Setting::key).toList();
    return "unknown key "
        + key
        + " in "
        + section.header()
        + "; "
        + Nearest.to(key, keys).map(near -> "type " + near).orElseGet(() -> elsewhere(key));
  }

  /** A key before the first section. */
  static String homeless(String key) {
    return "key " + key + " stands before any section; " + elsewhere(key);
  }

  /** A section. */
  static String section(String name) {
    List<String> names = Arrays.stream(Section.values()).map(Section::key).toList();
    return "unknown section "
        + name
        + "; "
        + Nearest.to(name, names)
            .flatMap(Unknown::named)
            .map(near -> "type " + near.header())
            .orElseGet(() -> elsewhere(name));
  }

  private static Optional<Section> named(String key) {
    return Arrays.stream(Section.values()).filter(of -> of.key().equals(key)).findFirst();
  }

  private static String elsewhere(String key) {
    Optional<Section> home =
        Arrays.stream(Section.values())
            .filter(section -> Setting.of(section, key).isPresent())
            .findFirst();
    return home.map(section -> "it belongs below " + section.header())
        .orElse("delete it; all keys: streetbox config show --defaults");
  }
}
