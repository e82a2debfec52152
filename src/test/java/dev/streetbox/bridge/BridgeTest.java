package dev.streetbox.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** Checks when the bridge acknowledges. */
class BridgeTest {
  /** Gives lists of messages, and notes how many messages were given at each acknowledgement. */
  private static final class ListedMessages implements MessageSource {
    private final Queue<List<Message>> lists = new ArrayDeque<>();
    private final List<Integer> acknowledged = new ArrayList<>();
    private int given;
    private boolean closed;

    ListedMessages add(String... texts) {
      lists.add(
          Stream.of(texts)
              .map(text -> new Message("t/v1/sb-1/live", text.getBytes(UTF_8), "", false))
              .toList());
      return this;
    }

    boolean isEmpty() {
      return lists.isEmpty();
    }

    @Override
    public List<Message> receive() {
      List<Message> next = isEmpty() ? List.of() : lists.remove();
      given += next.size();
      return next;
    }

    @Override
    public void acknowledge() {
      acknowledged.add(given);
    }

    @Override
    public boolean canPublish() {
      return false;
    }

    @Override
    public void publish(Message command) {}

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void whileKafkaIsAwayNothingIsAcknowledgedAndTheEndIsStillPossible() throws IOException {
    ListedMessages messages = new ListedMessages().add("a");
    // Port 9 of the loopback interface has no listener.
    KafkaSettings settings = new KafkaSettings("127.0.0.1:9", "streetbox", Map.of());
    try (Bridge bridge = new Bridge(messages, settings, new SystemTime())) {
      bridge.run(messages::isEmpty);
    }
    assertEquals(List.of(), messages.acknowledged);
    assertEquals(true, messages.closed);
  }

  @Test
  void eachListIsAcknowledgedAfterKafkaHasItAndBeforeTheNextIsReceived() throws IOException {
    ListedMessages messages = new ListedMessages().add("a", "b").add("c");
    List<String> whenProduced = new CopyOnWriteArrayList<>();
    try (ScriptedKafka kafka = new ScriptedKafka(1)) {
      kafka.beforeProduce(
          () -> whenProduced.add(messages.given + " given, " + messages.acknowledged));
      run(messages, kafka);
      assertEquals(List.of("a", "b", "c"), kafka.log().values(0));
    }
    assertEquals(List.of("2 given, []", "3 given, [2]"), whenProduced);
    assertEquals(List.of(2, 3), messages.acknowledged);
  }

  @Test
  void aListOfWhichKafkaDeniesAPartIsAcknowledgedOnceAllOfItIsStored() throws IOException {
    ListedMessages messages = new ListedMessages().add("a", "b");
    List<List<Integer>> whenProduced = new CopyOnWriteArrayList<>();
    try (ScriptedKafka kafka = new ScriptedKafka(1)) {
      kafka.fail(ApiKeys.PRODUCE, Errors.TOPIC_AUTHORIZATION_FAILED);
      kafka.beforeProduce(() -> whenProduced.add(List.copyOf(messages.acknowledged)));
      run(messages, kafka);
      assertEquals(List.of("a", "b"), kafka.log().values(0));
    }
    assertEquals(List.of(List.of(), List.of()), whenProduced);
    assertEquals(List.of(2), messages.acknowledged);
  }

  @Test
  void aMessageThatKafkaRefusesIsAcknowledgedSoThatItDoesNotComeAgain() throws IOException {
    ListedMessages messages = new ListedMessages().add("x".repeat(3_000)).add("next");
    try (ScriptedKafka kafka = new ScriptedKafka(1)) {
      kafka.fail(ApiKeys.PRODUCE, Errors.MESSAGE_TOO_LARGE);
      run(messages, kafka);
      assertEquals(List.of("next"), kafka.log().values(0));
    }
    assertEquals(List.of(1, 2), messages.acknowledged);
  }

  /** Runs a bridge until every message was acknowledged, or ten minutes of scripted time. */
  private static void run(ListedMessages messages, ScriptedKafka kafka) throws IOException {
    ScriptedTime time = new ScriptedTime();
    try (Bridge bridge = new Bridge(messages, kafka.settings(Map.of()), time)) {
      bridge.run(
          () ->
              time.tickMs() > 600_000
                  || (messages.isEmpty() && messages.acknowledged.contains(messages.given)));
    }
  }
}
