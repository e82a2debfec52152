package dev.streetbox.bridge;

import dev.streetbox.bus.Backoff;
import dev.streetbox.bus.Time;
import dev.streetbox.listen.Subscriber;
import dev.streetbox.mqtt.BrokerSettings;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.PahoConnector;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads messages from Kafka as a member of a consumer group. To acknowledge is to commit the
 * offsets after them; what a rebalance or a restart gives again is a message that comes twice. Used
 * by one thread.
 */
public final class KafkaMessages implements MessageSource {
  private static final Logger LOG = LoggerFactory.getLogger("streetbox");
  private static final Duration IDLE = Duration.ofMillis(200);

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  /** The time without a partition after which it is logged, longer than a session's. */
  private static final long IDLE_MS = 60_000;

  /** The time without a connection after which it is logged. */
  private static final long AWAY_MS = 3_000;

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
  private static final Duration COMMIT_LIMIT = Duration.ofSeconds(10);

  private final KafkaSettings settings;
  private final Map<String, Object> required;
  private final Optional<Subscriber> commands;
  private final Time time;
  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
  private final Map<TopicPartition, OffsetAndMetadata> read = new HashMap<>();
  private Optional<Consumer<String, byte[]>> consumer = Optional.empty();
  private final KafkaFault fault = new KafkaFault("Kafka gives no messages: {}; trying again");
  private boolean idle;
  private long connectedMs;
  private long assignedMs;
  private long nextTryMs;

  /**
   * Creates a source that has opened no connection.
   *
   * @param group the consumer group of all ingests of one database
   * @param name the name of this member; each member of a group has another, and keeps it
   * @param commands the MQTT broker to which commands are published, or empty
   * @param topicRoot the common beginning of the topics at that broker
   * @param time real time
   * @throws IllegalArgumentException if a name has other characters than it may have, or Kafka's
   *     own client does not accept a setting
   */
  public KafkaMessages(
      KafkaSettings settings,
      String group,
      String name,
      Optional<BrokerSettings> commands,
      String topicRoot,
      Time time,
      RandomGenerator random) {
    this.settings = settings;
    this.time = time;
    this.commands =
        commands.map(
            broker ->
                BrokerMessages.retained(
                    PahoConnector.receiving(broker, RECEIVE_MAXIMUM, time),
                    topicRoot,
                    time,
                    random));
    this.required =
        Map.of(
            "group.id",
            group,
            // A member that is back within the session's time has its partitions again, at once.
            "group.instance.id",
            name,
            "enable.auto.commit",
            "false",
            "auto.offset.reset",
            "earliest",
            "max.poll.records",
            String.valueOf(MAX_MESSAGES),
            "key.deserializer",
            StringDeserializer.class,
            "value.deserializer",
            ByteArrayDeserializer.class);
    if (!NAME.matcher(group).matches() || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "--group and --name are 1 to 64 of A-Z, a-z, 0-9, _, . and -");
    }
    KafkaSettings.check(() -> new ConsumerConfig(settings.with(required)));
    this.connectedMs = time.tickMs();
    this.assignedMs = time.tickMs();
  }

  @Override
  public List<Message> receive() throws IOException {
    List<Message> arrived = new ArrayList<>(retained());
    for (ConsumerRecord<String, byte[]> found : poll()) {
      arrived.add(MessageRecord.message(found));
      read.put(
          new TopicPartition(found.topic(), found.partition()),
          new OffsetAndMetadata(found.offset() + 1));
    }
    return arrived;
  }

  /** Commits the offsets; if that fails, the messages come again. */
  @Override
  public void acknowledge() {
    if (read.isEmpty()) {
      return;
    }
    try {
      consumer.ifPresent(open -> open.commitSync(read, COMMIT_LIMIT));
    } catch (CommitFailedException e) {
      LOG.info("the group has given the partitions to another member; its messages come again");
    } catch (KafkaException e) {
      LOG.warn("Kafka does not take the offsets: {}; messages come again", KafkaFault.words(e));
    }
    read.clear();
  }

  @Override
  public boolean canPublish() {
    return commands.filter(Subscriber::isSubscribed).isPresent();
  }

  @Override
  public void publish(Message command) {
    commands.ifPresent(subscriber -> subscriber.publish(command));
  }

  @Override
  public void close() {
    commands.ifPresent(Subscriber::close);
    drop();
  }

  /** Returns the next message that the MQTT broker retains; the bridge passes the others. */
  private List<Message> retained() throws IOException {
    if (commands.isEmpty()) {
      return List.of();
    }
    // An own session that is not durable: nothing is lost by acknowledging first.
    return commands.get().next(Duration.ZERO).stream().toList();
  }

  private ConsumerRecords<String, byte[]> poll() throws IOException {
    long pauseMs = nextTryMs - time.tickMs();
    if (pauseMs > 0) {
      // In parts, because the caller looks in between whether the end was requested.
      time.sleep(Duration.ofMillis(Math.min(pauseMs, IDLE.toMillis())));
      return ConsumerRecords.empty();
    }
    try {
      ConsumerRecords<String, byte[]> found = open().poll(IDLE);
      checkConnection(consumer.orElseThrow());
      checkPartitions(consumer.orElseThrow());
      return found;
    } catch (FencedInstanceIdException e) {
      throw new IOException("another member of the group has this --name", e);
    } catch (NoClassDefFoundError | KafkaException e) {
      if (lacksLibrary(e)) {
        throw new IOException(
            "a record is compressed by lz4, snappy or zstd, which need native libraries: set"
                + " compression.type of the topic to gzip",
            e);
      }
      fault.begin(KafkaFault.words(e));
      if (!(e instanceof RetriableException)) {
        drop();
      }
      nextTryMs = time.tickMs() + backoff.next().toMillis();
      return ConsumerRecords.empty();
    }
  }

  /** Returns whether a class is missing; Kafka's client gives that error as the cause of others. */
  private static boolean lacksLibrary(Throwable error) {
    return error instanceof NoClassDefFoundError
        || (error.getCause() != null && lacksLibrary(error.getCause()));
  }

  /** Logs a lost connection to Kafka, which the consumer makes anew without a word. */
  private void checkConnection(Consumer<String, byte[]> open) {
    boolean connected =
        open.metrics().values().stream()
            .filter(metric -> metric.metricName().name().equals("connection-count"))
            .anyMatch(metric -> metric.metricValue() instanceof Double count && count > 0);
    if (connected) {
      connectedMs = time.tickMs();
      backoff.reset();
      fault.end();
    } else if (time.tickMs() - connectedMs > AWAY_MS) {
      fault.begin("no connection to " + settings.servers());
    }
  }

  /** Logs once if this member has nothing to read. */
  private void checkPartitions(Consumer<String, byte[]> open) {
    if (!open.assignment().isEmpty()) {
      assignedMs = time.tickMs();
      idle = false;
    } else if (!idle && !fault.isActive() && time.tickMs() - assignedMs > IDLE_MS) {
      LOG.warn(
          "Kafka gives no partition of topic {}: the topic is missing, or has fewer partitions than"
              + " the group has members",
          settings.topic());
      idle = true;
    }
  }

  private Consumer<String, byte[]> open() {
    if (consumer.isEmpty()) {
      Consumer<String, byte[]> opened = new KafkaConsumer<>(settings.with(required));
      consumer = Optional.of(opened);
      opened.subscribe(List.of(settings.topic()));
    }
    return consumer.get();
  }

  private void drop() {
    consumer.ifPresent(open -> open.close(CloseOptions.timeout(CLOSE_LIMIT)));
    consumer = Optional.empty();
    read.clear();
  }
}
