package dev.streetbox.bridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.mqtt.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class MessageRecordTest {
  private static final String BATCH =
      "{\"v\":1,\"box\":\"sb-one\",\"boot\":41,\"first\":6,\"last\":10,\"rows\":[]}";

  @Test
  void aBatchHasItsBoxAsKeyAndItsNumbersAsHeaders() {
    ProducerRecord<String, byte[]> made = record(message(bytes(BATCH), "application/json"));
    assertEquals("sb-one", made.key());
    assertEquals("boxes", made.topic());
    assertEquals(
        Map.of(
            "topic", "streetbox/v1/sb-one/live",
            "content-type", "application/json",
            "boot", "41",
            "first", "6",
            "last", "10"),
        headers(made));
  }

  @Test
  void aCompressedBatchHasTheSameHeadersAndItsBytesUnchanged() throws IOException {
    byte[] zipped = zipped(BATCH);
    ProducerRecord<String, byte[]> made = record(message(zipped, "application/json+gzip"));
    assertArrayEquals(zipped, made.value());
    assertEquals("41", headers(made).get("boot"));
    assertEquals("application/json+gzip", headers(made).get("content-type"));
  }

  @Test
  void whatCannotBeReadIsARecordToo() {
    ProducerRecord<String, byte[]> made = record(message(bytes("{\"v\":"), ""));
    assertEquals("sb-one", made.key());
    assertEquals(Map.of("topic", "streetbox/v1/sb-one/live"), headers(made));
  }

  @Test
  void everyMessageComesBackAsItWas() throws IOException {
    same(message(bytes(BATCH), "application/json"));
    same(message(zipped(BATCH), "application/json+gzip"));
    same(message(new byte[0], ""));
    same(message(new byte[] {0, -1, 127}, "application/x"));
    same(new Message("streetbox/v1/sb-one/state", bytes("{}"), "application/json", true));
    same(message(new byte[0], "").without(200_000));
  }

  @Test
  void aRecordOfAnotherProgramIsAMessageWithoutATopic() {
    Message message = MessageRecord.message(arrived(new RecordHeaders(), null));
    assertEquals("", message.topic());
    assertEquals(0, message.payload().length);
    RecordHeaders odd = new RecordHeaders();
    odd.add("topic", null).add("omitted-bytes", bytes("-7")).add("retained", bytes("yes"));
    message = MessageRecord.message(arrived(odd, bytes("x")));
    assertEquals("", message.topic());
    assertEquals(0, message.omittedBytes());
    assertTrue(!message.retained());
  }

  private static void same(Message sent) {
    ProducerRecord<String, byte[]> made = record(sent);
    Message back = MessageRecord.message(arrived(made.headers(), made.value()));
    assertEquals(sent.topic(), back.topic());
    assertEquals(sent.contentType(), back.contentType());
    assertEquals(sent.retained(), back.retained());
    assertEquals(sent.omittedBytes(), back.omittedBytes());
    assertArrayEquals(sent.payload(), back.payload());
  }

  private static ProducerRecord<String, byte[]> record(Message message) {
    return MessageRecord.of(message, "boxes");
  }

  private static ConsumerRecord<String, byte[]> arrived(Headers headers, byte[] value) {
    return new ConsumerRecord<>(
        "boxes", 0, 0, 0, TimestampType.CREATE_TIME, 0, 0, "key", value, headers, Optional.empty());
  }

  private static Map<String, String> headers(ProducerRecord<String, byte[]> made) {
    Map<String, String> found = new TreeMap<>();
    made.headers()
        .forEach(
            header -> found.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
    return found;
  }

  private static Message message(byte[] payload, String contentType) {
    return new Message("streetbox/v1/sb-one/live", payload, contentType, false);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(bytes(text));
    }
    return bytes.toByteArray();
  }
}
