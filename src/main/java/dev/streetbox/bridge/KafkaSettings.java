package dev.streetbox.bridge;

import dev.streetbox.measure.LimitedFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;

/**
 * Holds what a client of Kafka needs.
 *
 * @param servers {@code HOST:PORT} of one or more brokers, separated by commas
 * @param topic the one topic of all messages
 * @param file settings of Kafka's own client, such as {@code security.protocol}, by their names
 */
public record KafkaSettings(String servers, String topic, Map<String, String> file) {
  private static final Pattern SERVER =
      Pattern.compile("([A-Za-z0-9_.-]+|\\[[0-9a-fA-F:]+]):[0-9]{1,5}");

  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9_.-]{1,249}");
  private static final String COMPRESSION = "compression.type";

  /** Lists the compressions without a native library, which would be unpacked at each start. */
  private static final Set<String> COMPRESSIONS = Set.of("none", "gzip");

  /**
   * @throws IllegalArgumentException if servers, topic or compression are none; the text is for a
   *     person
   */
  public KafkaSettings {
    file = Map.copyOf(file);
    for (String server : servers.split(",", -1)) {
      if (!SERVER.matcher(server).matches()) {
        throw new IllegalArgumentException("--kafka is HOST:PORT[,HOST:PORT...], not " + servers);
      }
    }
    if (!TOPIC.matcher(topic).matches()) {
      throw new IllegalArgumentException(
          "a topic of Kafka is 1 to 249 of A-Z, a-z, 0-9, _, . and -, not " + topic);
    }
    String compression = file.getOrDefault(COMPRESSION, "none");
    if (!COMPRESSIONS.contains(compression)) {
      throw new IllegalArgumentException(
          "%s is none or gzip, not %s, which needs a native library"
              .formatted(COMPRESSION, compression));
    }
  }

  /**
   * Reads the file of settings, in the form of Java's properties.
   *
   * @throws IOException if the file cannot be read
   */
  public static Map<String, String> read(Optional<Path> file) throws IOException {
    Properties properties = new Properties();
    if (file.isPresent()) {
      properties.load(
          new InputStreamReader(
              new ByteArrayInputStream(LimitedFile.read("--kafka-config", file.get())),
              StandardCharsets.UTF_8));
    }
    Map<String, String> settings = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
    return settings;
  }

  /**
   * Makes the configuration of a client, which states a setting that it does not accept.
   *
   * @throws IllegalArgumentException if there is one; the text is for a person
   */
  static void check(Runnable configuration) {
    try {
      configuration.run();
    } catch (ConfigException e) {
      throw new IllegalArgumentException("--kafka-config: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the settings of a client: those of the file, over them those that the program depends
   * on.
   */
  Map<String, Object> with(Map<String, Object> required) {
    Map<String, Object> all = new TreeMap<>(file);
    all.putAll(required);
    all.put("bootstrap.servers", servers);
    // Metrics of the client would be compressed by zstd, and registered with JMX.
    all.put("enable.metrics.push", "false");
    all.put("metric.reporters", "");
    return all;
  }
}
