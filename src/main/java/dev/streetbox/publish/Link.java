package dev.streetbox.publish;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * One connection to the broker, thrown away when it is lost: a Paho client that is used again, or
 * that reconnects or resends by itself, hangs or corrupts topics (Paho 1.2.5). What comes from the
 * broker waits in a queue; nothing here blocks but {@link #await}. All methods but {@link #wake}
 * are called by the thread that opened it.
 */
final class Link {
  private static final int QOS = 1;
  private static final int KEEP_ALIVE_S = 30;
  private static final long WILL_DELAY_S = 10;

  /** What may come unacknowledged: the broker keeps the rest. */
  private static final int RECEIVE_MAXIMUM = 100;

  /** Larger packets than this are refused, in both directions: ours stay far below. */
  private static final long PACKET_LIMIT_BYTES = 1_000_000;

  /** For TCP and TLS; with the broker's welcome the caller has a deadline of its own. */
  static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);

  // Paho writes stack traces of each loss to java.util.logging; the field keeps it silent for good.
  private static final Logger PAHO = Logger.getLogger("org.eclipse.paho");

  static {
    PAHO.setLevel(Level.OFF);
  }

  private final MqttAsyncClient client;
  private final Wire wire;
  private final BlockingQueue<LinkEvent> events;

  private Link(MqttAsyncClient client, Wire wire, BlockingQueue<LinkEvent> events) {
    this.client = client;
    this.wire = wire;
    this.events = events;
  }

  /** The same, with certificates judged by the clock of this machine. */
  static Link open(MqttSettings settings, Session session, Time time) throws IOException {
    return open(
        settings, session, time, () -> new KnownTime(time.systemClock(), "the system clock"));
  }

  /**
   * Begins to connect; {@link LinkEvent.Connected} or {@link LinkEvent.Lost} tells how it went.
   *
   * @param clock what certificates are judged by
   * @throws IOException if the password cannot be read
   */
  static Link open(MqttSettings settings, Session session, Time time, Supplier<KnownTime> clock)
      throws IOException {
    URI uri = settings.broker();
    InetSocketAddress broker = InetSocketAddress.createUnresolved(uri.getHost(), port(uri));
    SocketLayer layer = isEncrypted(uri) ? new Tls(settings, clock) : SocketLayer.PLAIN;
    Wire wire = new Wire(broker, layer, CONNECT_LIMIT, time);
    BlockingQueue<LinkEvent> events = new LinkedBlockingQueue<>();
    WireFactory.Options options = new WireFactory.Options(wire);
    fill(options, session);
    login(options, settings);
    try {
      MqttAsyncClient client =
          new MqttAsyncClient(WireFactory.uri(broker), session.clientId(), new MemoryPersistence());
      client.setManualAcks(true);
      client.setCallback(new PahoCallbacks(events));
      client.connect(options, "connect", PahoCallbacks.connected(events));
      return new Link(client, wire, events);
    } catch (MqttException e) {
      throw new IllegalStateException("a fresh client cannot refuse to connect", e);
    }
  }

  /** Whether a broker's address asks for TLS. */
  static boolean isEncrypted(URI broker) {
    return broker.getScheme().equals("mqtts");
  }

  /** The port of a broker's address, or the usual one. */
  static int port(URI broker) {
    return broker.getPort() > 0 ? broker.getPort() : isEncrypted(broker) ? 8883 : 1883;
  }

  /** What has happened and was not told yet, in order. */
  Optional<LinkEvent> poll() {
    return Optional.ofNullable(events.poll());
  }

  /**
   * The same, but waits for it.
   *
   * @param limit how long at most
   * @throws InterruptedIOException if the thread was interrupted; the interrupt flag stays set
   */
  Optional<LinkEvent> await(Duration limit) throws InterruptedIOException {
    try {
      return Optional.ofNullable(events.poll(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted while waiting");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  /** Ends a running or the next {@link #await} with {@link LinkEvent.Woken}; for any thread. */
  void wake() {
    events.add(new LinkEvent.Woken());
  }

  /**
   * Sends a message at QoS 1. {@link LinkEvent.Answered} with the same id tells what the broker
   * said; a message that is not answered before the loss is in doubt.
   */
  void publish(long id, Message message) {
    try {
      client.publish(message.topic(), paho(message), "publish", PahoCallbacks.answered(events, id));
    } catch (MqttException e) {
      events.add(new LinkEvent.Lost(Trouble.of(e)));
    }
  }

  /** Asks for messages; {@link LinkEvent.Subscribed} tells whether they will come. */
  void subscribe(String topicFilter) {
    try {
      client.subscribe(topicFilter, QOS, "subscribe", PahoCallbacks.subscribed(events));
    } catch (MqttException e) {
      events.add(new LinkEvent.Lost(Trouble.of(e)));
    }
  }

  /** Acknowledges a message that has come; until then the broker sends it again. */
  void accept(LinkEvent.Arrived arrived) {
    if (arrived.id() == 0) {
      return;
    }
    try {
      client.messageArrivedComplete(arrived.id(), QOS);
    } catch (MqttException e) {
      events.add(new LinkEvent.Lost(Trouble.of(e)));
    }
  }

  /**
   * Says goodbye, so that the broker does not publish the will; {@link LinkEvent.Lost} tells when
   * it is done. Never before {@link LinkEvent.Connected}: Paho would wait for ever.
   */
  void disconnect() {
    try {
      client.disconnect(
          0, "disconnect", PahoCallbacks.disconnected(events), 0, new MqttProperties());
    } catch (MqttException e) {
      events.add(new LinkEvent.Lost(Trouble.of(e)));
    }
  }

  /**
   * Drops the connection, in whatever state it is, without a word to the broker. Closing the TCP
   * socket is all it takes: each of Paho's threads sees that and ends, and none is waited for.
   */
  void drop() {
    try {
      wire.stop();
    } catch (IOException e) {
      // A socket that cannot be closed is closed.
    }
  }

  private static void fill(WireFactory.Options options, Session session) {
    options.setAutomaticReconnect(false);
    options.setKeepAliveInterval(KEEP_ALIVE_S);
    options.setCleanStart(session.expiryS() == 0);
    options.setSessionExpiryInterval(session.expiryS());
    options.setReceiveMaximum(RECEIVE_MAXIMUM);
    options.setMaximumPacketSize(PACKET_LIMIT_BYTES);
    for (Message will : session.will()) {
      MqttMessage message = paho(will);
      options.setWill(will.topic(), message);
      MqttProperties properties = new MqttProperties();
      properties.setWillDelayInterval(WILL_DELAY_S);
      properties.setContentType(will.contentType());
      options.setWillMessageProperties(properties);
    }
  }

  private static void login(WireFactory.Options options, MqttSettings settings) throws IOException {
    if (!settings.username().isEmpty()) {
      options.setUserName(settings.username());
    }
    if (settings.passwordFile().isEmpty()) {
      return;
    }
    try {
      String text = Files.readString(Path.of(settings.passwordFile()));
      String password = text.lines().findFirst().orElse("");
      options.setPassword(password.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IOException(
          "[mqtt] password_file: cannot read " + settings.passwordFile() + ": " + e.getMessage(),
          e);
    }
  }

  private static MqttMessage paho(Message message) {
    // A set of properties of its own for each message: Paho writes topic aliases into it.
    MqttProperties properties = new MqttProperties();
    if (!message.contentType().isEmpty()) {
      properties.setContentType(message.contentType());
    }
    return new MqttMessage(message.payload(), QOS, message.retained(), properties);
  }
}
