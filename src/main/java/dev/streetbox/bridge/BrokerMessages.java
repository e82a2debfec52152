package dev.streetbox.bridge;

import dev.streetbox.bus.Time;
import dev.streetbox.listen.Delivery;
import dev.streetbox.listen.Subscriber;
import dev.streetbox.listen.Subscription;
import dev.streetbox.mqtt.BrokerSettings;
import dev.streetbox.mqtt.Connector;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.PahoConnector;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives messages from the MQTT broker by a durable session, in which they stay while this
 * program is away. Used by one thread.
 */
public final class BrokerMessages implements MessageSource {
  private static final Logger LOG = LoggerFactory.getLogger("streetbox");

  /** The longest time from the first message of a list to the last. */
  private static final long COLLECT_MS = 50;

  private static final Duration IDLE = Duration.ofMillis(200);

  private final Subscriber messages;
  private final Subscriber retained;
  private final Time time;
  private final List<Delivery> open = new ArrayList<>();
  private Optional<String> fault = Optional.empty();

  /**
   * Creates a source that has opened no connection.
   *
   * @param broker with a login that may read every topic of boxes
   * @param topicRoot the common beginning of all topics, without a slash at the end
   * @param group the ShareName that all programs have which share the messages, or empty
   * @param name the name of the session; each program of a group has another, and keeps it
   * @param time real time
   * @throws IllegalArgumentException if a name has other characters than it may have
   */
  public BrokerMessages(
      BrokerSettings broker,
      String topicRoot,
      String group,
      String name,
      Time time,
      RandomGenerator random) {
    this.time = time;
    Connector connector = PahoConnector.receiving(broker, RECEIVE_MAXIMUM, time);
    this.messages =
        new Subscriber(
            connector,
            new Subscription(topicRoot, Subscription.ALL_BOXES, group, name),
            time,
            random);
    this.retained = retained(connector, topicRoot, time, random);
  }

  /** Returns a subscriber to what the broker retains, which a shared subscription does not get. */
  static Subscriber retained(
      Connector connector, String topicRoot, Time time, RandomGenerator random) {
    return new Subscriber(
        connector,
        // MQTT 5, 4.8.2: no retained message is sent for a shared subscription.
        new Subscription(topicRoot, Subscription.ALL_BOXES, "", "", List.of("state", "about")),
        time,
        random);
  }

  @Override
  public List<Message> receive() throws IOException {
    int before = open.size();
    retained.receive(Duration.ZERO).ifPresent(open::add);
    Optional<Delivery> next = messages.receive(open.size() == before ? IDLE : Duration.ZERO);
    long endMs = time.tickMs() + COLLECT_MS;
    while (next.isPresent()) {
      open.add(next.get());
      boolean full = open.size() >= MAX_MESSAGES;
      long leftMs = Math.max(0, endMs - time.tickMs());
      next = full ? Optional.empty() : messages.receive(Duration.ofMillis(leftMs));
    }
    logFault();
    return open.subList(before, open.size()).stream().map(Delivery::message).toList();
  }

  /** Sends PUBACK in the order in which the messages came, which MQTT 5, 4.6 requires. */
  @Override
  public void acknowledge() {
    open.forEach(Delivery::acknowledge);
    open.clear();
  }

  @Override
  public boolean canPublish() {
    return messages.isSubscribed();
  }

  @Override
  public void publish(Message command) {
    messages.publish(command);
  }

  @Override
  public void close() {
    messages.close();
    retained.close();
  }

  private void logFault() {
    Optional<String> now = messages.fault();
    if (!now.equals(fault)) {
      now.ifPresentOrElse(
          words -> LOG.warn("broker: {}; connecting again", words),
          () -> LOG.info("broker: works again"));
      fault = now;
    }
  }
}
