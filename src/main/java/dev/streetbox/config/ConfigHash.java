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
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Computes the hash that distinguishes configurations in the box's state: 12 hexadecimal digits of
 * the SHA-256 of the effective settings, one line {@code key = value} each, sorted. Names of
 * classes and constants, the order of keys in the file and the spelling of a value ({@code 2m},
 * {@code 120s}) have no effect; the order of sensors has one, because it is their precedence.
 */
public final class ConfigHash {
  /**
   * Settings that are not hashed: the user's name may be an access token, and the centre and radius
   * of a privacy zone could be found by hashing guesses, since a subscriber may have all other
   * settings.
   */
  static final Set<Setting> LEFT_OUT =
      EnumSet.of(Setting.USERNAME, Setting.ZONE_LAT, Setting.ZONE_LON, Setting.ZONE_RADIUS_M);

  private ConfigHash() {}

  /** Returns the hash of the tables of every section. */
  static String ofTables(Map<Section, List<ParsedTable>> tables) {
    return digest(text(tables));
  }

  /**
   * Returns the hash of settings that are in no file.
   *
   * @param settings values by keys, as {@code simulate.speed}
   */
  public static String of(SortedMap<String, String> settings) {
    return digest(lines(settings));
  }

  /** Returns the text that is hashed. */
  static String text(Map<Section, List<ParsedTable>> tables) {
    SortedMap<String, String> settings = new TreeMap<>();
    for (Section section : Section.values()) {
      List<ParsedTable> ofSection = tables.get(section);
      for (int i = 0; i < ofSection.size(); i++) {
        String prefix = section.fullName() + (section.isList() ? "." + (i + 1) : "");
        for (Setting setting : ofSection.get(i).effectiveSettings()) {
          if (!LEFT_OUT.contains(setting)) {
            Object value = ofSection.get(i).get(setting, Object.class);
            settings.put(prefix + "." + setting.key(), canonical(value));
          }
        }
      }
    }
    return lines(settings);
  }

  private static String lines(SortedMap<String, String> settings) {
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + " = " + setting.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /**
   * Returns a text that equal values share. A JDK class's {@code toString} is used only where its
   * documentation fixes the text.
   */
  private static String canonical(Object value) {
    if (value instanceof Duration duration) {
      return duration.toMillis() + "ms";
    }
    if (value instanceof Double number) {
      return new BigDecimal(number).toPlainString(); // Double.toString differs between JDKs
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
