package dev.streetbox.backend;

import dev.streetbox.bridge.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Reads the options of every command that connects to Kafka. */
final class KafkaOptions {
  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "One or more brokers of Kafka, separated by commas.")
  private String servers;

  @Option(
      names = "--kafka-topic",
      paramLabel = "NAME",
      defaultValue = "streetbox",
      description = "The topic of all messages. Default: ${DEFAULT-VALUE}")
  private String topic;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Settings of Kafka's own client, as security.protocol=SSL.")
  private Path file;

  /** Returns whether Kafka was given. */
  boolean isGiven() {
    return servers != null;
  }

  /**
   * Returns the settings; {@link #isGiven} must hold.
   *
   * @throws IllegalArgumentException if one is none; the text is for a person
   * @throws IOException if the file cannot be read
   */
  KafkaSettings settings() throws IOException {
    return new KafkaSettings(servers, topic, KafkaSettings.read(Optional.ofNullable(file)));
  }
}
