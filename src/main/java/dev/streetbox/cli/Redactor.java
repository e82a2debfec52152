package dev.streetbox.cli;

import dev.streetbox.agent.Config;
import dev.streetbox.config.PrivateLines;
import dev.streetbox.measure.LimitedFile;
import dev.streetbox.mqtt.BrokerSettings;
import dev.streetbox.record.Zone;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes from texts what a support archive must not contain: the login, its password and key, the
 * positions and names of privacy zones, the box's secret, and the box's position and motion.
 * Immutable.
 */
final class Redactor {
  private static final String MASK = "********";

  /** Characters of the shortest secret; a shorter text is no secret and is in every text. */
  private static final int MIN_SECRET_LENGTH = 4;

  /** Finds logins and positions in a configuration that cannot be parsed. */
  private static final Pattern SECRET_LINE =
      Pattern.compile("\\b(?:username|lat|lon)\\s*=\\s*[\"']?([^\"'#,\\s]+)");

  private static final Pattern PLACE =
      Pattern.compile("\"(?:lat|lon|alt_m|hacc_m|spd_mps|hdg_deg)\":[-+0-9.eE]+,?");

  /** Matches the name of a zone in a configuration, or in a message of an earlier version. */
  private static final Pattern ZONE_NAME =
      Pattern.compile(
          "(\\[\\[privacy\\.zone]]\\s+name = |name = (?=\"[^\"]*\" is taken))\"[^\"]*\"");

  /**
   * Matches a coordinate in a message of an earlier version, which quoted mistyped ones: behind a
   * key of a zone, or with four decimals (11 m) or more.
   */
  private static final Pattern COORDINATE =
      Pattern.compile(
          "(?i)(\\b(?:lat{1,2}|lta|lon{1,2}|lno|lng|latitude|longitude)\\b[^\\w+-]{1,4})[-+]?\\d[\\d.,]*\\w*|(?<![\\w.])[-+]?\\d{1,3}\\.\\d{4,}");

  /** Matches a number in a line of a file that cannot be parsed and that may hold a place. */
  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d[\\d.,]*\\d");

  private final List<String> secrets;

  private Redactor(List<String> words) {
    this.secrets =
        words.stream()
            .filter(word -> word.length() >= MIN_SECRET_LENGTH)
            .distinct()
            .sorted(Comparator.comparing(String::length).reversed())
            .toList();
  }

  /** Returns a redactor of a configuration's secrets and of the secrets in its files. */
  static Redactor of(Config config) {
    BrokerSettings mqtt = config.mqtt().broker();
    List<String> words = new ArrayList<>();
    if (!mqtt.username().equals(config.boxId())) {
      words.add(mqtt.username());
    }
    words.addAll(lines(mqtt.passwordFile()));
    words.addAll(lines(mqtt.clientKeyFile()));
    words.addAll(lines(config.store().dataDir().resolve("secret").toString()));
    for (Zone zone : config.privacy().zones()) {
      words.add(Double.toString(zone.latDeg()));
      words.add(Double.toString(zone.lonDeg()));
    }
    return new Redactor(words);
  }

  /** Returns a redactor of the logins and positions in a file that cannot be parsed. */
  static Redactor ofUnparsed(Path file) {
    List<String> lines = lines(file.toString());
    PrivateLines privateLines = new PrivateLines(lines);
    List<String> words = new ArrayList<>();
    Matcher found = SECRET_LINE.matcher(String.join("\n", lines));
    found.results().map(line -> line.group(1)).forEach(words::add);
    for (int number = 1; number <= lines.size(); number++) {
      if (privateLines.contains(number)) {
        NUMBER.matcher(lines.get(number - 1)).results().map(MatchResult::group).forEach(words::add);
      }
    }
    return new Redactor(words);
  }

  /** Returns a text without positions and with each secret replaced by asterisks. */
  String redact(String text) {
    String clean = PLACE.matcher(text).replaceAll("");
    for (String word : secrets) {
      clean = clean.replace(word, MASK);
    }
    clean = ZONE_NAME.matcher(clean).replaceAll("$1\"" + MASK + "\"");
    return COORDINATE
        .matcher(clean)
        .replaceAll(found -> (found.group(1) == null ? "" : quoted(found)) + MASK);
  }

  private static String quoted(MatchResult found) {
    return Matcher.quoteReplacement(found.group(1));
  }

  /** Returns a file's lines; none if this user may not read it, so no text contains them. */
  private static List<String> lines(String file) {
    if (file.isEmpty()) {
      return List.of();
    }
    try {
      return new String(LimitedFile.read(Path.of(file)), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
