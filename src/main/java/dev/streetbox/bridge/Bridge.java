package dev.streetbox.bridge;

import dev.streetbox.bus.Time;
import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves messages from the MQTT broker into Kafka, and acknowledges them once Kafka has them. While
 * Kafka is away, messages stay unacknowledged and further ones stay with the broker. Used by one
 * thread.
 */
public final class Bridge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("streetbox");

  private final MessageSource messages;
  private final KafkaWriter kafka;
  private final KafkaSettings settings;

  /**
   * @param messages closed with the bridge
   * @param time real time
   */
  public Bridge(MessageSource messages, KafkaSettings settings, Time time) {
    this.messages = messages;
    this.settings = settings;
    this.kafka = new KafkaWriter(settings, time);
  }

  /**
   * Moves messages until the end is requested.
   *
   * @throws IOException if the broker refuses login or subscription for a reason that stays;
   *     messages that are not in Kafka stay with the broker
   */
  public void run(BooleanSupplier endRequested) throws IOException {
    LOG.info("writing into topic {} of Kafka at {}", settings.topic(), settings.servers());
    while (!endRequested.getAsBoolean()) {
      List<Message> arrived = messages.receive();
      if (kafka.write(arrived, endRequested)) {
        messages.acknowledge();
      }
    }
    if (kafka.refused() > 0) {
      LOG.warn("Kafka has refused {} messages, which were given up", kafka.refused());
    }
  }

  /** Ends the connections; what is not acknowledged stays with the broker. */
  @Override
  public void close() {
    messages.close();
    kafka.close();
  }
}
