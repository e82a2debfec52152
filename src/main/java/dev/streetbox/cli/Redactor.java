package dev.streetbox.cli;

import dev.streetbox.agent.Config;
import dev.streetbox.measure.LimitedFile;
import dev.streetbox.mqtt.BrokerSettings;
import dev.streetbox.record.Zone;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes from texts what a support archive must not contain: the login, its password and key, the
 * positions of privacy zones, the box's secret, and the box's position. Immutable.
 */
final class Redactor {
  private static final String MASK = "********";

  /** Characters of the shortest secret; a shorter text is no secret and is in every text. */
  private static final int MIN_SECRET_LENGTH = 4;

  /** Finds logins and positions in a configuration that cannot be parsed. */
  private static final Pattern SECRET_LINE =
      Pattern.compile("\\b(?:username|lat|lon)\\s*=\\s*[\"']?([^\"'#,\\s]+)");

  private static final Pattern PLACE =
      Pattern.compile("\"(?:lat|lon|alt_m|hacc_m)\":[-+0-9.eE]+,?");

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
    Matcher found = SECRET_LINE.matcher(String.join("\n", lines(file.toString())));
    return new Redactor(found.results().map(line -> line.group(1)).toList());
  }

  /** Returns a text without positions and with each secret replaced by asterisks. */
  String redact(String text) {
    String clean = PLACE.matcher(text).replaceAll("");
    for (String word : secrets) {
      clean = clean.replace(word, MASK);
    }
    return clean;
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
