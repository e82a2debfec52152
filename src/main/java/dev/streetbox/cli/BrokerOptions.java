package dev.streetbox.cli;

import dev.streetbox.mqtt.BrokerSettings;
import dev.streetbox.mqtt.BrokerUri;
import dev.streetbox.publish.MqttSettings;
import java.net.URI;
import picocli.CommandLine.Option;

/** Reads the options of every command that connects to a broker without a configuration. */
public final class BrokerOptions {
  @Option(
      names = "--broker",
      paramLabel = "URI",
      defaultValue = BrokerUri.LOCAL,
      description = "mqtt://HOST:PORT or mqtts://HOST:PORT. Default: ${DEFAULT-VALUE}")
  private URI broker;

  @Option(
      names = "--username",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The user name.")
  private String username;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      defaultValue = "",
      description = "A file whose first line is the password.")
  private String passwordFile;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      defaultValue = "",
      description = "PEM certificates to trust instead of the system's.")
  private String caFile;

  @Option(
      names = "--client-cert-file",
      paramLabel = "FILE",
      defaultValue = "",
      description = "The client's own PEM certificate chain.")
  private String clientCertFile;

  @Option(
      names = "--client-key-file",
      paramLabel = "FILE",
      defaultValue = "",
      description = "The private key of that certificate: PKCS#8, PEM.")
  private String clientKeyFile;

  @Option(
      names = "--topic-root",
      paramLabel = "TOPIC",
      defaultValue = MqttSettings.DEFAULT_TOPIC_ROOT,
      description = "The beginning of every topic. Default: ${DEFAULT-VALUE}")
  private String topicRoot;

  /** Returns the beginning of every topic, without a slash at its end. */
  public String topicRoot() {
    return topicRoot;
  }

  /** Returns the broker and the login that were given. */
  public BrokerSettings settings() {
    return new BrokerSettings(
        broker, username, passwordFile, caFile, clientCertFile, clientKeyFile);
  }
}
