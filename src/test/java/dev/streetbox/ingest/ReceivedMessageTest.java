package dev.streetbox.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.listen.BoxMessage;
import dev.streetbox.listen.BoxMessageParser;
import dev.streetbox.mqtt.Message;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReceivedMessageTest {
  private static final String HEAD = "{\"v\":1,\"box\":\"sb-1\",\"boot\":4,";

  @Test
  void aBatchIsParsedAndKeepsNoBody() {
    ReceivedMessage batch =
        read("live", HEAD + "\"first\":1,\"last\":1,\"rows\":[{\"seq\":1,\"q\":0}]}");
    assertTrue(batch.content().orElseThrow() instanceof BoxMessage.Rows);
    assertTrue(batch.body().isEmpty());
  }

  @Test
  void anEventKeepsItsWholeBody() {
    ReceivedMessage event = read("event", HEAD + "\"kind\":\"report\",\"text\":\"a\\u0000b\"}");
    assertEquals("a\ufffdb", event.tree().string("text").orElseThrow());
  }

  @Test
  void aMessageInTheNameOfAnotherBoxIsMalformed() {
    for (String topic : new String[] {"live", "event", "state", "diag", "about", "ack"}) {
      ReceivedMessage other = read(topic, HEAD.replace("sb-1", "sb-2") + "\"first\":1}");
      assertTrue(other.content().isEmpty(), topic);
      assertTrue(other.reason().contains("another box"), other.reason());
    }
  }

  @Test
  void whatIsNoJsonIsMalformed() {
    assertTrue(read("about", "{\"v\":").content().isEmpty());
    assertTrue(read("live", "\u0000").content().isEmpty());
  }

  @Test
  void theMemoryOfAMessageGrowsWithItsFieldsAndItsBody() {
    String batch = HEAD + "\"first\":1,\"last\":1,\"rows\":[{\"seq\":1,\"q\":0%s}]}";
    ReceivedMessage small = read("live", batch.formatted(""));
    ReceivedMessage large = read("live", batch.formatted(",\"a\":1"));
    assertTrue(large.estimatedBytes() >= small.estimatedBytes() + 100);
    String text = "x".repeat(1_000);
    ReceivedMessage event = read("event", HEAD + "\"kind\":\"report\",\"text\":\"" + text + "\"}");
    assertTrue(event.estimatedBytes() >= 10_000);
  }

  @Test
  void anEmptyMessageOfTheDoctorIsNothing() {
    assertTrue(read("live", "").content().orElseThrow() instanceof BoxMessage.Other);
  }

  @Test
  void theSimulationIsSeenInBatchesAndEvents() {
    String simulated =
        HEAD + "\"sim\":true,\"first\":1,\"last\":1,\"rows\":[],\"kind\":\"report\"}";
    assertTrue(read("live", simulated).isSimulated());
    assertTrue(read("event", simulated).isSimulated());
    assertFalse(read("event", HEAD + "\"kind\":\"report\"}").isSimulated());
  }

  @Test
  void aDiagnosisDoesNotTellWhetherItIsSimulated() {
    assertTrue(read("diag", HEAD + "\"faults\":[]}").mayBeSimulated());
    assertFalse(read("about", HEAD + "\"parts\":[]}").mayBeSimulated());
  }

  private static ReceivedMessage read(String topic, String body) {
    return ReceivedMessage.of(
        new Message("t/v1/sb-1/" + topic, body.getBytes(StandardCharsets.UTF_8), "", false),
        new BoxMessageParser("t/v1"));
  }
}
