package dev.streetbox.bridge;

import dev.streetbox.listen.MessageBody;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Converts messages to records of Kafka and back. The value is the payload as the box has sent it,
 * the key is the box, so that its messages stay in order; headers hold the rest, as text in UTF-8.
 */
final class MessageRecord {
  /** The MQTT topic. */
  static final String TOPIC = "topic";

  /** The MQTT content type; absent if the message has none. */
  static final String CONTENT_TYPE = "content-type";

  /** {@code true} if the MQTT broker had kept the message; absent otherwise. */
  static final String RETAINED = "retained";

  /** The bytes of a message that was too large to read, and so has no value; absent otherwise. */
  static final String OMITTED = "omitted-bytes";

  /**
   * Members of a batch, or of an event of kind loss, that are headers too, so that a consumer can
   * select.
   */
  private static final List<String> MEMBERS = List.of("boot", "first", "last");

  private MessageRecord() {}

  /**
   * Returns the record of a message. A message whose body cannot be read is a record too, without
   * the headers of the body's members.
   */
  static ProducerRecord<String, byte[]> of(Message message, String kafkaTopic) {
    ProducerRecord<String, byte[]> made =
        new ProducerRecord<>(kafkaTopic, box(message.topic()), message.payload());
    Headers headers = made.headers();
    add(headers, TOPIC, message.topic());
    if (!message.contentType().isEmpty()) {
      add(headers, CONTENT_TYPE, message.contentType());
    }
    if (message.retained()) {
      add(headers, RETAINED, "true");
    }
    if (message.omittedBytes() > 0) {
      add(headers, OMITTED, String.valueOf(message.omittedBytes()));
    } else if (message.payload().length > 0) {
      addMembers(headers, message);
    }
    return made;
  }

  /** Returns the message of a record; of a record of another program one with an empty topic. */
  static Message message(ConsumerRecord<String, byte[]> found) {
    Headers headers = found.headers();
    byte[] value = found.value() == null ? new byte[0] : found.value();
    Message message =
        new Message(
            text(headers, TOPIC),
            value,
            text(headers, CONTENT_TYPE),
            text(headers, RETAINED).equals("true"));
    String omitted = text(headers, OMITTED);
    return omitted.matches("[0-9]{1,9}") ? message.without(Integer.parseInt(omitted)) : message;
  }

  /** Returns the box of an MQTT topic: its last level but one. */
  private static String box(String topic) {
    String[] levels = topic.split("/", -1);
    return levels.length < 2 ? topic : levels[levels.length - 2];
  }

  private static void addMembers(Headers headers, Message message) {
    try {
      JsonTree body = JsonTree.parse(new String(MessageBody.of(message), StandardCharsets.UTF_8));
      for (String name : MEMBERS) {
        OptionalDouble number = body.number(name);
        if (number.isPresent()) {
          add(headers, name, String.valueOf((long) number.getAsDouble()));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // The reader of the record puts it into quarantine, with the reason.
    }
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
