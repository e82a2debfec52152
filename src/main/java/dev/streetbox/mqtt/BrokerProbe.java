package dev.streetbox.mqtt;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;

/**
 * Tries the way to the broker once, step by step, with the client id of the agent, so that the
 * broker's rules for that id apply. A broker closes the older of two connections with one client
 * id, so the probe is never used beside a running agent. Used by one thread.
 */
public final class BrokerProbe {
  /** The steps, in order. */
  public enum Step {
    /** The broker's name has an address. */
    NAME,
    /** The address takes connections. */
    TCP,
    /** The broker proves who it is; only with mqtts. */
    TLS,
    /** It lets the box in. */
    LOGIN,
    /** It takes a message. */
    PUBLISH
  }

  /**
   * How far it went.
   *
   * @param passed the steps that worked
   * @param trouble why the next one did not, or empty
   * @param certificateEnd when the broker's certificate ends, or that of its authority if sooner
   */
  public record Outcome(List<Step> passed, String trouble, Optional<Instant> certificateEnd) {
    /** Whether all of it worked. */
    public boolean isSound() {
      return trouble.isEmpty();
    }
  }

  private static final Duration TCP_LIMIT = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(6);

  private final BrokerSettings settings;
  private final Session session;
  private final Message trial;
  private final Time time;
  private final List<Step> passed = new ArrayList<>();
  private Optional<Instant> certificateEnd = Optional.empty();

  /**
   * Touches nothing yet.
   *
   * @param session as the agent opens it, so that nothing that the broker keeps for it is lost
   * @param trial the message that is published
   * @param time real time, which limits the wait for the network
   */
  public BrokerProbe(BrokerSettings settings, Session session, Message trial, Time time) {
    this.settings = settings;
    this.session = session;
    this.trial = trial;
    this.time = time;
  }

  /**
   * Goes the way once. May take as long as the name server likes, and 20 s more.
   *
   * @throws IOException only if the thread was interrupted
   */
  public Outcome run() throws IOException {
    try {
      knock();
      converse();
      return outcome("");
    } catch (Refusal e) {
      return outcome(e.getMessage());
    }
  }

  /** Name, TCP and TLS on a connection of their own, which Paho would not tell apart. */
  private void knock() throws Refusal {
    URI uri = settings.uri();
    try {
      List<InetSocketAddress> addresses =
          Arrays.stream(InetAddress.getAllByName(uri.getHost()))
              .map(address -> new InetSocketAddress(address, BrokerUri.port(uri)))
              .toList();
      passed.add(Step.NAME);
      try (SocketChannel channel = new ConnectRace(addresses, time).run(TCP_LIMIT)) {
        passed.add(Step.TCP);
        if (BrokerUri.isEncrypted(uri)) {
          handshake(channel.socket(), uri.getHost());
        }
      }
    } catch (IOException e) {
      throw new Refusal(ConnectionFailure.of(e).text(), e);
    }
  }

  private void handshake(Socket raw, String host) throws IOException {
    raw.setSoTimeout((int) TCP_LIMIT.toMillis());
    try (SSLSocket socket =
        (SSLSocket) new Tls(settings, () -> KnownTime.ofSystemClock(time)).over(raw, host)) {
      passed.add(Step.TLS);
      certificateEnd = end(Stream.of(socket.getSession().getPeerCertificates()));
    }
  }

  private void converse() throws IOException {
    Connection connection;
    try {
      connection =
          new PahoConnector(settings, time).open(session, () -> KnownTime.ofSystemClock(time));
    } catch (IOException e) {
      throw new Refusal(e.getMessage(), e);
    }
    try {
      await(connection, ConnectionEvent.Connected.class, "the broker does not answer the login");
      passed.add(Step.LOGIN);
      publish(connection);
      passed.add(Step.PUBLISH);
      connection.disconnect();
      Optional<ConnectionEvent> unused = connection.await(Duration.ofSeconds(1));
    } finally {
      connection.drop();
    }
  }

  private void publish(Connection connection) throws IOException {
    connection.publish(1, trial);
    int code =
        await(connection, ConnectionEvent.Answered.class, "the broker does not answer a message")
            .code();
    if (code >= 0x80) {
      String cause = code == 0x87 ? " not authorized: its ACL" : "";
      throw new Refusal(
          "the broker refuses messages to %s, 0x%02x%s".formatted(trial.topic(), code, cause),
          null);
    }
  }

  /** The next event of a kind; what the broker still had for the box is not accepted and stays. */
  private <T extends ConnectionEvent> T await(Connection connection, Class<T> kind, String silence)
      throws IOException {
    long limitMs = time.tickMs() + ANSWER_LIMIT.toMillis();
    while (time.tickMs() < limitMs) {
      Optional<ConnectionEvent> event =
          connection.await(Duration.ofMillis(limitMs - time.tickMs()));
      if (event.isPresent() && event.get() instanceof ConnectionEvent.Lost lost) {
        throw new Refusal(lost.trouble().text(), null);
      }
      if (event.filter(kind::isInstance).isPresent()) {
        return kind.cast(event.get());
      }
    }
    throw new Refusal(silence + ": no network, or it is no MQTT 5 broker", null);
  }

  private Outcome outcome(String trouble) {
    return new Outcome(List.copyOf(passed), trouble, certificateEnd);
  }

  /**
   * When the box's own certificate ends; empty if it has none.
   *
   * @throws IOException if it cannot be read
   */
  public static Optional<Instant> ownCertificateEnd(BrokerSettings settings) throws IOException {
    return settings.clientCertFile().isEmpty()
        ? Optional.empty()
        : end(Tls.certificates("client_cert_file", settings.clientCertFile()).stream());
  }

  private static Optional<Instant> end(Stream<Certificate> chain) {
    return chain
        .filter(X509Certificate.class::isInstance)
        .map(certificate -> ((X509Certificate) certificate).getNotAfter().toInstant())
        .min(Instant::compareTo);
  }

  /** The way ends here. */
  private static final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    private Refusal(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
