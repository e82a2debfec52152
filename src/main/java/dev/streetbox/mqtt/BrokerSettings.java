package dev.streetbox.mqtt;

import java.net.URI;

/**
 * Holds the broker's address and the login. An empty string means that the setting is not used.
 *
 * @param uri {@code mqtt://host:port} or {@code mqtts://host:port}, see {@link BrokerUri}
 * @param username the login, or empty
 * @param passwordFile a file whose first line is the password, or empty
 * @param caFile PEM certificates to trust instead of the system's, or empty
 * @param clientCertFile the client's own PEM certificate chain, or empty
 * @param clientKeyFile the PKCS#8 PEM key of that chain, or empty
 */
public record BrokerSettings(
    URI uri,
    String username,
    String passwordFile,
    String caFile,
    String clientCertFile,
    String clientKeyFile) {

  /** Returns the settings of a broker without login, verified by the system's authorities. */
  public static BrokerSettings anonymous(URI uri) {
    return new BrokerSettings(uri, "", "", "", "", "");
  }
}
