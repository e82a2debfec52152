package dev.streetbox.ingest;

import dev.streetbox.bus.Time;
import dev.streetbox.listen.BoxMessageParser;
import dev.streetbox.listen.Delivery;
import dev.streetbox.listen.Subscriber;
import dev.streetbox.listen.Subscription;
import dev.streetbox.mqtt.BrokerSettings;
import dev.streetbox.mqtt.Connector;
import dev.streetbox.mqtt.PahoConnector;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves messages from the broker into the database: receives as many as are there, stores them by
 * one transaction, and acknowledges them after its commit. While the database is away, messages
 * stay unacknowledged and further ones stay with the broker. Used by one thread.
 */
public final class Ingest implements AutoCloseable {
  /**
   * Limits the unacknowledged messages, and so those of one transaction. With the largest messages
   * they take 50 MB, with those of a box 1 MB. The broker's own limit (Mosquitto: {@code
   * max_inflight_messages}, 20 by default) must not be smaller.
   */
  public static final int RECEIVE_MAXIMUM = 400;

  private static final Logger LOG = LoggerFactory.getLogger("streetbox");

  /** The longest time from the first message of a transaction to its begin. */
  private static final long COLLECT_MS = 50;

  private static final Duration IDLE = Duration.ofMillis(200);

  /** The time until holes are looked for again if the database is away. */
  private static final long ASK_AGAIN_MS = 5_000;

  private final IngestSettings settings;
  private final Subscriber messages;
  private final Subscriber retained;
  private final BoxMessageParser parser;
  private final Database database;
  private final HoleRequests holes;
  private final Time time;
  private long nextAskMs;

  /**
   * Creates an ingest that has opened no connection.
   *
   * @param broker with a login that may read every topic of boxes and write {@code cmd/resend}
   * @param time real time
   */
  public Ingest(IngestSettings settings, BrokerSettings broker, Time time, RandomGenerator random) {
    this.settings = settings;
    this.time = time;
    Connector connector = PahoConnector.receiving(broker, RECEIVE_MAXIMUM, time);
    this.messages =
        new Subscriber(
            connector,
            new Subscription(
                settings.topicRoot(), Subscription.ALL_BOXES, settings.group(), settings.name()),
            time,
            random);
    // A shared subscription gets no retained messages (MQTT 5, 4.8.2).
    this.retained =
        new Subscriber(
            connector,
            new Subscription(
                settings.topicRoot(), Subscription.ALL_BOXES, "", "", List.of("state", "about")),
            time,
            random);
    this.parser = new BoxMessageParser(settings.topicRoot());
    this.database = new Database(settings, time);
    this.holes = new HoleRequests(settings.topicRoot());
  }

  /**
   * Stores messages until the end is requested.
   *
   * @throws IOException if the broker refuses login or subscription, or the database refuses login
   *     or schema; messages that are not stored stay with the broker
   */
  public void run(BooleanSupplier endRequested) throws IOException {
    database.open(endRequested);
    LOG.info("storing into schema {}", settings.schema());
    while (!endRequested.getAsBoolean()) {
      List<Delivery> deliveries = collect();
      if (!deliveries.isEmpty() && store(deliveries, endRequested)) {
        deliveries.forEach(Delivery::acknowledge);
      }
      if (time.tickMs() >= nextAskMs) {
        nextAskMs = time.tickMs() + ASK_AGAIN_MS;
        ask();
      }
    }
  }

  /** Ends the connections; what is not acknowledged stays with the broker. */
  @Override
  public void close() {
    messages.close();
    retained.close();
    database.close();
  }

  private List<Delivery> collect() throws IOException {
    List<Delivery> deliveries = new ArrayList<>();
    retained.receive(Duration.ZERO).ifPresent(deliveries::add);
    Optional<Delivery> next = messages.receive(deliveries.isEmpty() ? IDLE : Duration.ZERO);
    long endMs = time.tickMs() + COLLECT_MS;
    while (next.isPresent()) {
      deliveries.add(next.get());
      boolean full = deliveries.size() >= RECEIVE_MAXIMUM;
      long leftMs = Math.max(0, endMs - time.tickMs());
      next = full ? Optional.empty() : messages.receive(Duration.ofMillis(leftMs));
    }
    return deliveries;
  }

  private boolean store(List<Delivery> deliveries, BooleanSupplier endRequested)
      throws IOException {
    List<ReceivedMessage> received = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      received.add(ReceivedMessage.of(delivery.message(), parser));
    }
    return database.store(received, endRequested);
  }

  private void ask() {
    try {
      nextAskMs = time.tickMs() + database.use(holes::periodMs);
      database.use(holes::due).forEach(messages::publish);
    } catch (SQLException e) {
      LOG.warn("holes are not looked for: {}", e.getMessage());
    }
  }
}
