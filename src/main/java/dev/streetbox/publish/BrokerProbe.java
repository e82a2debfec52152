package dev.streetbox.publish;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
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
 * One try of the way to the broker, step by step, as the agent goes it: with the box's own client
 * id, so that rules which go by it apply, and without losing what the broker keeps for the box. A
 * running agent of the box would be thrown out: never beside one. Used by one thread.
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

  private final String box;
  private final MqttSettings settings;
  private final Time time;
  private final List<Step> passed = new ArrayList<>();
  private Optional<Instant> certificateEnd = Optional.empty();

  /** Touches nothing yet. */
  public BrokerProbe(String box, MqttSettings settings, Time time) {
    this.box = box;
    this.settings = settings;
    this.time = time;
  }

  /** The topic of the message that is published. */
  public String topic() {
    return settings.topicRoot() + "/" + box + "/diag";
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
    URI uri = settings.broker();
    try {
      List<InetSocketAddress> addresses =
          Arrays.stream(InetAddress.getAllByName(uri.getHost()))
              .map(address -> new InetSocketAddress(address, Link.port(uri)))
              .toList();
      passed.add(Step.NAME);
      try (SocketChannel channel = new Race(addresses, time).run(TCP_LIMIT)) {
        passed.add(Step.TCP);
        if (Link.isEncrypted(uri)) {
          handshake(channel.socket(), uri.getHost());
        }
      }
    } catch (IOException e) {
      throw new Refusal(Trouble.of(e).text(), e);
    }
  }

  private void handshake(Socket raw, String host) throws IOException {
    raw.setSoTimeout((int) TCP_LIMIT.toMillis());
    try (SSLSocket socket = (SSLSocket) new Tls(settings, this::now).over(raw, host)) {
      passed.add(Step.TLS);
      certificateEnd = end(Stream.of(socket.getSession().getPeerCertificates()));
    }
  }

  private KnownTime now() {
    return new KnownTime(time.systemClock(), "the system clock");
  }

  private void converse() throws IOException {
    Link link;
    try {
      link = Link.open(settings, new Session(box, Publisher.SESSION_S, List.of()), time);
    } catch (IOException e) {
      throw new Refusal(e.getMessage(), e);
    }
    try {
      await(link, LinkEvent.Connected.class, "the broker does not answer the login");
      passed.add(Step.LOGIN);
      byte[] hello =
          "{\"v\":1,\"box\":\"%s\",\"doctor\":true}"
              .formatted(box)
              .getBytes(StandardCharsets.UTF_8);
      link.publish(1, new Message(topic(), hello, "application/json", false));
      LinkEvent.Answered answer =
          await(link, LinkEvent.Answered.class, "the broker does not answer a message");
      if (answer.code() >= 0x80) {
        throw new Refusal(
            "the broker refuses messages to %s, 0x%02x%s"
                .formatted(
                    topic(),
                    answer.code(),
                    answer.code() == 0x87 ? " not authorized: its ACL" : ""),
            null);
      }
      passed.add(Step.PUBLISH);
      link.disconnect();
      Optional<LinkEvent> unused = link.await(Duration.ofSeconds(1));
    } finally {
      link.drop();
    }
  }

  /** The next event of a kind; what the broker still had for the box is not accepted and stays. */
  private <T extends LinkEvent> T await(Link link, Class<T> kind, String silence)
      throws IOException {
    long limitMs = time.tickMs() + ANSWER_LIMIT.toMillis();
    while (time.tickMs() < limitMs) {
      Optional<LinkEvent> event = link.await(Duration.ofMillis(limitMs - time.tickMs()));
      if (event.isPresent() && event.get() instanceof LinkEvent.Lost lost) {
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
  public static Optional<Instant> ownCertificateEnd(MqttSettings settings) throws IOException {
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
