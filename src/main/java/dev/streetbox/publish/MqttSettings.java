package dev.streetbox.publish;

import java.net.URI;
import java.time.Duration;

/**
 * Where the broker is and how to send: section {@code [mqtt]} of the configuration. An empty string
 * means that the setting is not used.
 *
 * @param broker {@code mqtt://host:port} or {@code mqtts://host:port}
 * @param username the login, or empty
 * @param passwordFile a file whose first line is the password, or empty
 * @param caFile PEM certificates to trust instead of the system's, or empty
 * @param clientCertFile the box's own PEM certificate chain, or empty
 * @param clientKeyFile its PKCS#8 PEM key, or empty
 * @param topicRoot the topics' common beginning, without a slash at either end
 * @param livePeriod one live batch this often
 * @param backlogRate backlog rows a second at most
 * @param encoding how batches are written
 */
public record MqttSettings(
    URI broker,
    String username,
    String passwordFile,
    String caFile,
    String clientCertFile,
    String clientKeyFile,
    String topicRoot,
    Duration livePeriod,
    int backlogRate,
    Encoding encoding) {}
