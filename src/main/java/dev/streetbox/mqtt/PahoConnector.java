package dev.streetbox.mqtt;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.LimitedFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Opens connections by Paho, each with a client object of its own. Safe for every thread. */
public final class PahoConnector implements Connector {
  /** The client's Keep Alive; the broker may ask for a shorter one. */
  static final int KEEP_ALIVE_S = 30;

  private static final long WILL_DELAY_S = 10;

  /** The Receive Maximum of box and subscriber; further messages stay at the broker. */
  static final int RECEIVE_MAXIMUM = 20;

  /** The Maximum Packet Size of a box, which receives acknowledgements only. */
  public static final int BOX_PACKET_BYTES = 64 * 1024;

  /**
   * The Maximum Packet Size of a subscriber: twice the greatest batch. As many packets as the
   * Receive Maximum allows take 2.6 MB.
   */
  public static final int SUBSCRIBER_PACKET_BYTES = 128 * 1024;

  /** Limits TCP connect and TLS handshake together; the caller limits the wait for CONNACK. */
  static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);

  // Paho logs a stack trace of each loss to java.util.logging. The logger stands in a field because
  // java.util.logging holds loggers weakly, and the level would be lost with the logger.
  private static final Logger PAHO = Logger.getLogger("org.eclipse.paho");

  static {
    PAHO.setLevel(Level.OFF);
  }

  private final BrokerSettings settings;
  private final PacketLimits limits;
  private final int receiveMaximum;
  private final RetainSupport retain = new RetainSupport();
  private final Time time;
  private final InetSocketAddress broker;
  private final BrokerAddresses addresses;

  /**
   * Creates a connector of a subscriber, which accepts packets of {@link #SUBSCRIBER_PACKET_BYTES}.
   *
   * @param time real time, which limits the wait for the network
   */
  public PahoConnector(BrokerSettings settings, Time time) {
    this(settings, SUBSCRIBER_PACKET_BYTES, time);
  }

  /**
   * @param packetBytes the largest packet to accept from the broker
   * @param time real time, which limits the wait for the network
   */
  public PahoConnector(BrokerSettings settings, int packetBytes, Time time) {
    this(settings, packetBytes, RECEIVE_MAXIMUM, time, InetAddress::getAllByName);
  }

  /**
   * Creates a connector of a subscriber that acknowledges many messages together.
   *
   * @param receiveMaximum how many unacknowledged messages the broker may send, 1 to 65,535; so
   *     many packets of {@link #SUBSCRIBER_PACKET_BYTES} must fit into memory
   * @param time real time, which limits the wait for the network
   */
  public static PahoConnector receiving(BrokerSettings settings, int receiveMaximum, Time time) {
    return new PahoConnector(
        settings, SUBSCRIBER_PACKET_BYTES, receiveMaximum, time, InetAddress::getAllByName);
  }

  /**
   * @param resolver resolves the broker's name
   */
  PahoConnector(
      BrokerSettings settings, int packetBytes, Time time, BrokerAddresses.Resolver resolver) {
    this(settings, packetBytes, RECEIVE_MAXIMUM, time, resolver);
  }

  private PahoConnector(
      BrokerSettings settings,
      int packetBytes,
      int receiveMaximum,
      Time time,
      BrokerAddresses.Resolver resolver) {
    this.settings = settings;
    this.receiveMaximum = receiveMaximum;
    this.limits = new PacketLimits(packetBytes, KEEP_ALIVE_S);
    this.time = time;
    URI uri = settings.uri();
    this.broker = InetSocketAddress.createUnresolved(BrokerUri.host(uri), BrokerUri.port(uri));
    this.addresses = new BrokerAddresses(broker, resolver, time);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The password is read at each call, and the certificates by the connecting thread, so that a
   * changed file needs no restart.
   */
  @Override
  public Connection open(Session session, Supplier<KnownTime> clock) throws IOException {
    URI uri = settings.uri();
    TlsLayer layer = BrokerUri.isEncrypted(uri) ? new Tls(settings, clock) : TlsLayer.PLAIN;
    BrokerSocket socket =
        new BrokerSocket(broker, addresses, layer, limits, retain, CONNECT_LIMIT, time);
    WaitingEvents events = new WaitingEvents();
    BrokerSocketFactory.Options options = new BrokerSocketFactory.Options(socket);
    fill(options, session);
    login(options);
    try {
      MqttAsyncClient client =
          new MqttAsyncClient(
              BrokerSocketFactory.uri(broker), session.clientId(), new MemoryPersistence());
      client.setManualAcks(true);
      client.setCallback(new PahoCallbacks(events, receiveMaximum));
      client.connect(options, "connect", PahoCallbacks.forConnect(events, () -> connected(socket)));
      return new PahoConnection(client, socket, retain, events, time);
    } catch (MqttException e) {
      throw new IllegalStateException("a new client never refuses to connect", e);
    }
  }

  private ConnectionEvent.Connected connected(BrokerSocket socket) {
    Connack connack = socket.connack().orElseThrow();
    Set<BrokerFeature> missing = EnumSet.noneOf(BrokerFeature.class);
    missing.addAll(connack.missing());
    if (!retain.isAvailable()) {
      missing.add(BrokerFeature.RETAIN);
    }
    return new ConnectionEvent.Connected(
        connack.receiveMaximum(), connack.maximumPacketBytes(), connack.sessionPresent(), missing);
  }

  private void fill(BrokerSocketFactory.Options options, Session session) {
    options.setAutomaticReconnect(false);
    options.setKeepAliveInterval(limits.keepAliveS());
    options.setCleanStart(session.expiryS() == 0);
    options.setSessionExpiryInterval(session.expiryS());
    options.setReceiveMaximum(receiveMaximum);
    options.setMaximumPacketSize((long) limits.incomingBytes());
    for (Message will : session.will()) {
      options.setWill(will.topic(), PahoConnection.toPaho(will, retain.isAvailable()));
      MqttProperties properties = new MqttProperties();
      properties.setWillDelayInterval(WILL_DELAY_S);
      properties.setContentType(will.contentType());
      if (will.expiryS() > 0) {
        properties.setMessageExpiryInterval(will.expiryS());
      }
      options.setWillMessageProperties(properties);
    }
  }

  private void login(BrokerSocketFactory.Options options) throws IOException {
    if (!settings.username().isEmpty()) {
      options.setUserName(settings.username());
    }
    if (settings.passwordFile().isEmpty()) {
      return;
    }
    Path file = Path.of(settings.passwordFile());
    String password = LimitedFile.firstLine("[mqtt] password_file", file);
    options.setPassword(password.getBytes(StandardCharsets.UTF_8));
  }
}
