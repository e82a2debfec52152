package dev.streetbox.cli;

import dev.streetbox.agent.Config;
import dev.streetbox.mqtt.BrokerSettings;
import dev.streetbox.record.Zone;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must not leave the box in a support archive, wherever it is found: the login, its password,
 * where zones are, the box's own secret; and where the box is now. Immutable.
 */
final class Redactor {
  private static final String MASK = "********";

  /** What is shorter hides nothing, and is found in every text. */
  private static final int MIN_SECRET_LENGTH = 4;

  /** A line of a configuration that cannot be read as one. */
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

  /** Those of a configuration. */
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

  /** Those of a file that is no configuration, as far as they can be told. */
  static Redactor ofUnparsed(Path file) {
    Matcher found = SECRET_LINE.matcher(String.join("\n", lines(file.toString())));
    return new Redactor(found.results().map(line -> line.group(1)).toList());
  }

  /** The text without them. */
  String redact(String text) {
    String clean = PLACE.matcher(text).replaceAll("");
    for (String word : secrets) {
      clean = clean.replace(word, MASK);
    }
    return clean;
  }

  /** The lines of a file that this user may read; none otherwise: then they are in no text here. */
  private static List<String> lines(String file) {
    if (file.isEmpty()) {
      return List.of();
    }
    try {
      return new String(Files.readAllBytes(Path.of(file)), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
