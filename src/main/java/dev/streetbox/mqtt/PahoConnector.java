package dev.streetbox.mqtt;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.LimitedFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Opens connections by Paho, each with a client object of its own. Safe for every thread. */
public final class PahoConnector implements Connector {
  private static final int KEEP_ALIVE_S = 30;
  private static final long WILL_DELAY_S = 10;

  /** The box's Receive Maximum; further messages stay at the broker. */
  private static final int RECEIVE_MAXIMUM = 100;

  /** The box's Maximum Packet Size; batches and commands are far smaller. */
  private static final long PACKET_LIMIT_BYTES = 1_000_000;

  /** Limits TCP connect and TLS handshake together; the caller limits the wait for CONNACK. */
  static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);

  // Paho logs a stack trace of each loss to java.util.logging. The logger stands in a field because
  // java.util.logging holds loggers weakly, and the level would be lost with the logger.
  private static final Logger PAHO = Logger.getLogger("org.eclipse.paho");

  static {
    PAHO.setLevel(Level.OFF);
  }

  private final BrokerSettings settings;
  private final Time time;

  /**
   * @param time real time, which limits the wait for the network
   */
  public PahoConnector(BrokerSettings settings, Time time) {
    this.settings = settings;
    this.time = time;
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
    InetSocketAddress broker =
        InetSocketAddress.createUnresolved(uri.getHost(), BrokerUri.port(uri));
    TlsLayer layer = BrokerUri.isEncrypted(uri) ? new Tls(settings, clock) : TlsLayer.PLAIN;
    BrokerSocket socket = new BrokerSocket(broker, layer, CONNECT_LIMIT, time);
    BlockingQueue<ConnectionEvent> events = new LinkedBlockingQueue<>();
    BrokerSocketFactory.Options options = new BrokerSocketFactory.Options(socket);
    fill(options, session);
    login(options);
    try {
      MqttAsyncClient client =
          new MqttAsyncClient(
              BrokerSocketFactory.uri(broker), session.clientId(), new MemoryPersistence());
      client.setManualAcks(true);
      client.setCallback(new PahoCallbacks(events));
      client.connect(options, "connect", PahoCallbacks.forConnect(events));
      return new PahoConnection(client, socket, events);
    } catch (MqttException e) {
      throw new IllegalStateException("a new client never refuses to connect", e);
    }
  }

  private static void fill(BrokerSocketFactory.Options options, Session session) {
    options.setAutomaticReconnect(false);
    options.setKeepAliveInterval(KEEP_ALIVE_S);
    options.setCleanStart(session.expiryS() == 0);
    options.setSessionExpiryInterval(session.expiryS());
    options.setReceiveMaximum(RECEIVE_MAXIMUM);
    options.setMaximumPacketSize(PACKET_LIMIT_BYTES);
    for (Message will : session.will()) {
      options.setWill(will.topic(), PahoConnection.toPaho(will));
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
    try {
      String text =
          new String(LimitedFile.read(Path.of(settings.passwordFile())), StandardCharsets.UTF_8);
      String password = text.lines().findFirst().orElse("");
      options.setPassword(password.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IOException(
          "[mqtt] password_file: cannot read " + settings.passwordFile() + ": " + e.getMessage(),
          e);
    }
  }
}
