package dev.streetbox.mqtt;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Parses a broker's address: {@code mqtt://HOST:PORT} or {@code mqtts://HOST:PORT}. */
public final class BrokerUri {
  /** The address of a broker on the same machine; the default. */
  public static final String LOCAL = "mqtt://127.0.0.1:1883";

  private static final String PLAIN = "mqtt";
  private static final String ENCRYPTED = "mqtts";
  private static final int PLAIN_PORT = 1883;
  private static final int ENCRYPTED_PORT = 8883;

  private BrokerUri() {}

  /**
   * Returns the address in a text, with the scheme's default port if it has none; empty if the
   * scheme is another one or the text has more than host and port.
   */
  public static Optional<URI> parse(String text) {
    try {
      URI uri = new URI(text);
      URI bare = new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), null, null, null);
      boolean hasKnownScheme = PLAIN.equals(uri.getScheme()) || ENCRYPTED.equals(uri.getScheme());
      return Optional.of(uri)
          .filter(u -> hasKnownScheme && u.getHost() != null && u.equals(bare))
          .map(u -> u.getPort() > 0 ? u : URI.create(u + ":" + port(u)));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Returns whether the scheme of an address is that of TLS. */
  public static boolean isEncrypted(URI broker) {
    return ENCRYPTED.equals(broker.getScheme());
  }

  /** Returns the port of an address: its own, or the default of its scheme. */
  static int port(URI broker) {
    if (broker.getPort() > 0) {
      return broker.getPort();
    }
    return isEncrypted(broker) ? ENCRYPTED_PORT : PLAIN_PORT;
  }
}
