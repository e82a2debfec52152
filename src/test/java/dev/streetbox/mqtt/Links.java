package dev.streetbox.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.streetbox.bus.SystemTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** Opens connections for tests. */
public final class Links {
  private Links() {}

  /** Returns a connector to a broker that asks for no login. */
  public static Connector connector(URI broker) {
    return new PahoConnector(BrokerSettings.anonymous(broker), new SystemTime());
  }

  /** Returns a connector that trusts one authority only, or the system's if the name is empty. */
  public static Connector connector(URI broker, String caFile) {
    return new PahoConnector(new BrokerSettings(broker, "", "", caFile, "", ""), new SystemTime());
  }

  /** Resolves a host name. */
  public interface Resolver {
    /** Returns the addresses of a host; may block. */
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /** Returns a connector to a broker whose name is resolved by the test. */
  public static Connector connector(URI broker, Resolver resolver) {
    return new PahoConnector(
        BrokerSettings.anonymous(broker),
        PahoConnector.BOX_PACKET_BYTES,
        new SystemTime(),
        resolver::resolve);
  }

  /** Begins a connection whose session ends with it. */
  public static Connection open(URI broker) throws IOException {
    return open(broker, Session.clean("box"));
  }

  /** Begins a connection in a session. */
  static Connection open(URI broker, Session session) throws IOException {
    return connector(broker).open(session, () -> KnownTime.ofSystemClock(new SystemTime()));
  }

  /** Waits for the next event and returns it; fails if it is of another type. */
  public static <T extends ConnectionEvent> T next(Connection link, Class<T> type)
      throws IOException {
    ConnectionEvent event = Eventually.get(type.getSimpleName(), link::poll);
    if (!type.isInstance(event)) {
      throw new AssertionError("not " + type.getSimpleName() + " but " + event);
    }
    return type.cast(event);
  }

  /** Returns a connection that the broker has accepted. */
  public static Connection connected(URI broker) throws IOException {
    Connection link = open(broker);
    next(link, ConnectionEvent.Connected.class);
    return link;
  }

  /** Returns a message with a short text. */
  public static Message text(String topic, String text) {
    return new Message(topic, text.getBytes(UTF_8), "text/plain", false);
  }

  /** Publishes a message on an otherwise unused connection; returns the PUBACK's reason code. */
  public static int answer(Connection link, Message message) throws IOException {
    link.publish(7, message);
    return next(link, ConnectionEvent.Answered.class).code();
  }

  /** Returns the number of Paho's threads that are running. */
  public static long pahoThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("MQTT"))
        .count();
  }
}
