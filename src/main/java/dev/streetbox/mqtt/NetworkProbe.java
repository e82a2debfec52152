package dev.streetbox.mqtt;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;

/**
 * Resolves, connects and performs the TLS handshake for a {@link BrokerProbe}, each as a step of
 * its own, because Paho reports the errors of all three alike.
 */
final class NetworkProbe {
  /** Limits the TCP connect, and each read of the TLS handshake. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final BrokerSettings settings;
  private final Time time;

  /**
   * @param time real time
   */
  NetworkProbe(BrokerSettings settings, Time time) {
    this.settings = settings;
    this.time = time;
  }

  /**
   * Returns the addresses of the broker's name, without a time limit.
   *
   * @throws ProbeException if there is none
   */
  List<InetSocketAddress> resolve() throws ProbeException {
    URI uri = settings.uri();
    try {
      return Arrays.stream(InetAddress.getAllByName(BrokerUri.host(uri)))
          .map(address -> new InetSocketAddress(address, BrokerUri.port(uri)))
          .toList();
    } catch (IOException e) {
      throw explained(e);
    }
  }

  /**
   * Returns a TCP connection; the caller closes it.
   *
   * @throws ProbeException if none is accepted in time
   */
  SocketChannel connect(List<InetSocketAddress> addresses) throws ProbeException {
    try {
      return new ConnectRace(addresses, time).run(LIMIT);
    } catch (IOException e) {
      throw explained(e);
    }
  }

  /**
   * Completes a TLS handshake and closes the connection.
   *
   * @return the earliest end of validity in the broker's certificate chain
   * @throws ProbeException if the handshake does not complete
   */
  Optional<Instant> handshake(SocketChannel channel) throws ProbeException {
    Socket raw = channel.socket();
    Tls tls = new Tls(settings, () -> KnownTime.ofSystemClock(time));
    try {
      raw.setSoTimeout((int) LIMIT.toMillis());
      try (SSLSocket socket = (SSLSocket) tls.wrap(raw, BrokerUri.host(settings.uri()))) {
        return CertificateEnd.of(Stream.of(socket.getSession().getPeerCertificates()));
      }
    } catch (IOException e) {
      throw explained(e);
    }
  }

  private static ProbeException explained(IOException e) {
    return new ProbeException(ConnectionFailure.of(e).text(), e);
  }
}
