package dev.streetbox.mqtt;

import java.net.URI;

/**
 * Says where the broker is and how a client logs in. An empty string means that the setting is not
 * used.
 *
 * @param uri {@code mqtt://host:port} or {@code mqtts://host:port}, see {@link BrokerUri}
 * @param username the login, or empty
 * @param passwordFile a file whose first line is the password, or empty
 * @param caFile PEM certificates to trust instead of the system's, or empty
 * @param clientCertFile the client's own PEM certificate chain, or empty
 * @param clientKeyFile its PKCS#8 PEM key, or empty
 */
public record BrokerSettings(
    URI uri,
    String username,
    String passwordFile,
    String caFile,
    String clientCertFile,
    String clientKeyFile) {

  /** Returns the settings of a broker that asks for no login, known by the system's authorities. */
  public static BrokerSettings anonymous(URI uri) {
    return new BrokerSettings(uri, "", "", "", "", "");
  }
}
