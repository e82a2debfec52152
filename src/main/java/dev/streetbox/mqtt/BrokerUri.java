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

  private static final int LAST_PORT = 65_535;

  private BrokerUri() {}

  /**
   * Returns the address in a text, with the scheme's default port if it has none; empty if the
   * scheme is another one, the host is missing, the port is not 1 to 65535, or the text has more
   * than host and port.
   */
  public static Optional<URI> parse(String text) {
    try {
      URI uri = new URI(text);
      boolean hasKnownScheme = PLAIN.equals(uri.getScheme()) || ENCRYPTED.equals(uri.getScheme());
      if (!hasKnownScheme || !isHostAndPort(uri)) {
        return Optional.empty();
      }
      return Optional.of(uri.getPort() > 0 ? uri : URI.create(uri + ":" + port(uri)));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns whether an address has a host, perhaps a port from 1 to 65535, and nothing else.
   *
   * @throws URISyntaxException if the host of the address is none
   */
  public static boolean isHostAndPort(URI uri) throws URISyntaxException {
    if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
      return false;
    }
    URI bare = new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), null, null, null);
    return uri.toString().equals(bare.toString());
  }

  /** Returns whether the scheme of an address is that of TLS. */
  public static boolean isEncrypted(URI broker) {
    return ENCRYPTED.equals(broker.getScheme());
  }

  /**
   * Returns the host of an address, an IPv6 address without brackets. A URI writes the zone of a
   * link-local address after {@code %25} (RFC 6874); the resolver takes it after {@code %}.
   */
  static String host(URI broker) {
    String host = broker.getHost();
    if (!host.startsWith("[")) {
      return host;
    }
    String address = host.substring(1, host.length() - 1);
    int zone = address.indexOf("%25");
    // %25 with nothing behind it is the zone of number 25.
    return zone >= 0 && zone + 3 < address.length()
        ? address.substring(0, zone) + "%" + address.substring(zone + 3)
        : address;
  }

  /** Returns the port of an address: its own, or the default of its scheme. */
  static int port(URI broker) {
    if (broker.getPort() > 0) {
      return broker.getPort();
    }
    return isEncrypted(broker) ? ENCRYPTED_PORT : PLAIN_PORT;
  }
}
