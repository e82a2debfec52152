package dev.streetbox.bridge;

import dev.streetbox.bus.Backoff;
import dev.streetbox.bus.Time;
import dev.streetbox.mqtt.Message;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes messages into Kafka, and returns once all in-sync replicas have them ({@code acks=all},
 * idempotent). While Kafka is away it tries again with growing pauses. A message that Kafka refuses
 * because of its content is logged and counted, and does not hold up those after it. Used by one
 * thread.
 */
final class KafkaWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("streetbox");

  /** The time after which it is looked again whether the end was requested. */
  private static final long LOOK_MS = 200;

  private static final Map<String, Object> REQUIRED =
      Map.of(
          "acks", "all",
          "enable.idempotence", "true",
          "key.serializer", StringSerializer.class,
          "value.serializer", ByteArraySerializer.class,
          // The longest time in which one try of a list of messages ends.
          "max.block.ms", "5000",
          "request.timeout.ms", "10000",
          "delivery.timeout.ms", "20000");

  private final KafkaSettings settings;
  private final Time time;
  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
  private Optional<Producer<String, byte[]>> producer = Optional.empty();
  private final KafkaFault fault =
      new KafkaFault("Kafka does not store: {}; messages stay with the broker");
  private long refused;

  /**
   * @param time real time
   * @throws IllegalArgumentException if Kafka's own client does not accept a setting
   */
  KafkaWriter(KafkaSettings settings, Time time) {
    KafkaSettings.check(() -> new ProducerConfig(settings.with(REQUIRED)));
    this.settings = settings;
    this.time = time;
  }

  /** Returns how many messages Kafka has refused because of their content. */
  long refused() {
    return refused;
  }

  /**
   * Writes messages in their order; waits while Kafka is away.
   *
   * @return whether each of them is durable or refused; false if the end was requested before
   */
  boolean write(List<Message> messages, BooleanSupplier endRequested)
      throws InterruptedIOException {
    List<Message> left = messages;
    while (!left.isEmpty()) {
      List<Message> failed = new ArrayList<>();
      Optional<String> error = tryToWrite(left, failed, endRequested);
      left = failed;
      if (error.isPresent()) {
        drop();
        if (!pause(error.get(), endRequested)) {
          return false;
        }
      }
    }
    fault.end();
    backoff.reset();
    return true;
  }

  @Override
  public void close() {
    drop();
  }

  /**
   * Writes messages.
   *
   * @param failed gets those that may not be durable
   * @return why the first of them failed; empty if none did
   */
  private Optional<String> tryToWrite(
      List<Message> messages, List<Message> failed, BooleanSupplier endRequested)
      throws InterruptedIOException {
    Optional<String> error = Optional.empty();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try {
      Producer<String, byte[]> open = open();
      // After a error each further send would wait for Kafka's metadata again.
      for (int n = 0; n < messages.size() && error.isEmpty(); n++) {
        sent.add(open.send(MessageRecord.of(messages.get(n), settings.topic())));
        error = sent.get(n).isDone() ? stateFault(sent.get(n)) : error;
      }
    } catch (KafkaException e) {
      error = Optional.of(KafkaFault.words(e));
    }
    for (int n = 0; n < messages.size(); n++) {
      Message message = messages.get(n);
      Optional<Throwable> cause =
          n < sent.size() ? cause(sent.get(n), endRequested) : Optional.empty();
      if (cause.filter(KafkaWriter::isOfContent).isPresent()) {
        onRefused(message, cause.get());
      } else if (cause.isPresent() || n >= sent.size()) {
        failed.add(message);
        error = error.or(() -> cause.map(KafkaFault::words));
      }
    }
    return failed.isEmpty() ? Optional.empty() : error;
  }

  private static Optional<String> stateFault(Future<RecordMetadata> sent)
      throws InterruptedIOException {
    return cause(sent, () -> false).filter(error -> !isOfContent(error)).map(KafkaFault::words);
  }

  /**
   * Waits for Kafka's answer, at most until the end is requested.
   *
   * @return why a message was not written; empty if it is durable
   */
  private static Optional<Throwable> cause(
      Future<RecordMetadata> sent, BooleanSupplier endRequested) throws InterruptedIOException {
    try {
      while (true) {
        try {
          sent.get(LOOK_MS, TimeUnit.MILLISECONDS);
          return Optional.empty();
        } catch (TimeoutException e) {
          if (endRequested.getAsBoolean()) {
            return Optional.of(e);
          }
        }
      }
    } catch (ExecutionException e) {
      return Optional.of(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while Kafka was asked");
    }
  }

  private void onRefused(Message message, Throwable cause) {
    refused++;
    LOG.warn(
        "Kafka refuses a message of {} with {} bytes, {} so far: {}",
        message.topic(),
        message.payload().length,
        refused,
        KafkaFault.words(cause));
  }

  /** Returns whether a message, and not the state of Kafka, is the reason. */
  private static boolean isOfContent(Throwable cause) {
    return cause instanceof RecordTooLargeException
        || cause instanceof RecordBatchTooLargeException
        || cause instanceof InvalidRecordException
        || cause instanceof InvalidTimestampException;
  }

  private Producer<String, byte[]> open() {
    if (producer.isEmpty()) {
      producer = Optional.of(new KafkaProducer<>(settings.with(REQUIRED)));
    }
    return producer.get();
  }

  /** Closes the producer, because after some errors it accepts nothing more. */
  private void drop() {
    producer.ifPresent(open -> open.close(Duration.ZERO));
    producer = Optional.empty();
  }

  private boolean pause(String words, BooleanSupplier endRequested) throws InterruptedIOException {
    if (!endRequested.getAsBoolean()) {
      fault.begin(words);
    }
    long endMs = time.tickMs() + backoff.next().toMillis();
    while (time.tickMs() < endMs && !endRequested.getAsBoolean()) {
      time.sleep(Duration.ofMillis(LOOK_MS));
    }
    return !endRequested.getAsBoolean();
  }
}
