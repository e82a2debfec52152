package dev.streetbox.publish;

import dev.streetbox.bus.SystemTime;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** What the tests of connections share. */
final class Links {
  private Links() {}

  /** Settings with nothing but a broker. */
  static MqttSettings settings(URI broker) {
    return settings(broker, "", Encoding.JSON);
  }

  /** The same with an authority to trust, or none, and an encoding. */
  static MqttSettings settings(URI broker, String authority, Encoding encoding) {
    return new MqttSettings(
        broker, "", "", authority, "", "", "t/v1", Duration.ofSeconds(5), 200, encoding);
  }

  /** Begins a connection that leaves nothing behind at the broker. */
  static Link open(URI broker) throws IOException {
    return Link.open(settings(broker), new Session("box", 0, List.of()), new SystemTime());
  }

  /** Waits for the next event, which has to be of that type. */
  static <T extends LinkEvent> T next(Link link, Class<T> type) throws IOException {
    LinkEvent event = Eventually.get(type.getSimpleName(), link::poll);
    if (!type.isInstance(event)) {
      throw new AssertionError("not " + type.getSimpleName() + " but " + event);
    }
    return type.cast(event);
  }

  /** A connection that the broker has welcomed. */
  static Link connected(URI broker) throws IOException {
    Link link = open(broker);
    next(link, LinkEvent.Connected.class);
    return link;
  }

  /** A message with a short text. */
  static Message text(String topic, String text) {
    return new Message(
        topic, text.getBytes(java.nio.charset.StandardCharsets.UTF_8), "text/plain", false);
  }

  /** The PUBACK's reason code for a message, published on a connection that does nothing else. */
  static int answer(Link link, Message message) throws IOException {
    link.publish(7, message);
    return next(link, LinkEvent.Answered.class).code();
  }

  /** Paho's threads that live now. */
  static long pahoThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("MQTT"))
        .count();
  }
}
