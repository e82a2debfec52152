package dev.streetbox.config;

import dev.streetbox.agent.Config.GnssSource;
import dev.streetbox.measure.Encoding;
import dev.streetbox.simulate.Scenario;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Computes what tells one configuration from another in the box's state: 12 hexadecimal digits of
 * the SHA-256 of the effective settings, one line {@code key = value} each, sorted. Names of
 * classes and constants, the order of keys in the file and the spelling of a value ({@code 2m},
 * {@code 120s}) do not enter; the order of sensors does, because it is their precedence.
 */
public final class ConfigHash {
  /**
   * The login may be an access token. Where a privacy zone is, and how large, could be found by
   * hashing guesses, since a subscriber may know all other settings.
   */
  static final Set<Setting> LEFT_OUT =
      EnumSet.of(Setting.USERNAME, Setting.ZONE_LAT, Setting.ZONE_LON, Setting.ZONE_RADIUS_M);

  private ConfigHash() {}

  /** Returns the hash of a configuration. */
  static String of(ConfigFile config) {
    return digest(text(config));
  }

  /**
   * Returns the hash of settings that stand in no file.
   *
   * @param settings their values by their keys, as {@code simulate.speed}
   */
  public static String of(SortedMap<String, String> settings) {
    return digest(text(settings));
  }

  /** Returns the text that is hashed. */
  static String text(ConfigFile config) {
    SortedMap<String, String> settings = new TreeMap<>();
    for (Section section : Section.values()) {
      List<ParsedTable> tables = config.values(section);
      for (int i = 0; i < tables.size(); i++) {
        String table = section.fullName() + (section.isList() ? "." + (i + 1) : "");
        for (Setting setting : ConfigText.shown(section, tables.get(i))) {
          if (!LEFT_OUT.contains(setting)) {
            Object value = tables.get(i).get(setting, Object.class);
            settings.put(table + "." + setting.key(), canonical(value));
          }
        }
      }
    }
    return text(settings);
  }

  private static String text(SortedMap<String, String> settings) {
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + " = " + setting.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /** Returns one text for each meaning: of JDK classes only where their documentation fixes it. */
  private static String canonical(Object value) {
    if (value instanceof Duration duration) {
      return duration.toMillis() + "ms";
    }
    if (value instanceof Double number) {
      return new BigDecimal(number).toPlainString(); // Double.toString differs between JDKs.
    }
    if (value instanceof Encoding encoding) {
      return encoding.key();
    }
    if (value instanceof GnssSource source) {
      return source.key();
    }
    return value instanceof Scenario scenario ? scenario.text() : value.toString();
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
