package dev.streetbox.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks what a member of a consumer group commits, and what it does with Kafka's errors. */
class KafkaMessagesTest {
  private final ScriptedTime time = new ScriptedTime();
  private ScriptedKafka kafka;
  private KafkaMessages messages;

  @BeforeEach
  void open() throws IOException {
    kafka = new ScriptedKafka(2);
    messages = messages(Map.of());
  }

  @AfterEach
  void close() throws IOException {
    messages.close();
    kafka.close();
  }

  @Test
  void nothingIsCommittedBeforeItIsAcknowledged() throws IOException {
    store(0, "a", "b");
    store(1, "c");
    assertEquals(List.of("a", "b", "c"), receive(3).stream().sorted().toList());
    assertEquals(Map.of(), kafka.group().offsets());
    messages.acknowledge();
    assertEquals(Map.of(0, 2L, 1, 1L), kafka.group().offsets());
  }

  @Test
  void whatWasNotAcknowledgedIsGivenToTheNextMember() throws IOException {
    store(0, "a");
    assertEquals(List.of("a"), receive(1));
    messages.acknowledge();
    store(0, "b", "c");
    assertEquals(List.of("b", "c"), receive(2));
    messages.close();
    messages = messages(Map.of());
    assertEquals(List.of("b", "c"), receive(2));
  }

  @Test
  void theFileCannotMakeKafkasClientCommitByItselfOrJoinAnotherGroup() throws IOException {
    messages =
        messages(
            Map.of("enable.auto.commit", "true", "group.id", "other", "group.instance.id", "x"));
    store(0, "a");
    assertEquals(List.of("a"), receive(1));
    messages.close();
    assertEquals(0, kafka.count(ApiKeys.OFFSET_COMMIT));
    assertEquals("ingest ingest-1", kafka.group().joined());
  }

  @Test
  void anAcknowledgementWithoutNewMessagesAsksKafkaNothing() throws IOException {
    store(0, "a");
    assertEquals(List.of("a"), receive(1));
    messages.acknowledge();
    messages.acknowledge();
    assertEquals(1, kafka.count(ApiKeys.OFFSET_COMMIT));
  }

  @Test
  void offsetsThatKafkaDoesNotTakeAreAFaultThatTheNextAcknowledgementMends() throws IOException {
    store(0, "a");
    assertEquals(List.of("a"), receive(1));
    kafka.fail(ApiKeys.OFFSET_COMMIT, Errors.GROUP_AUTHORIZATION_FAILED);
    messages.acknowledge();
    assertEquals(Map.of(), kafka.group().offsets());
    store(0, "b");
    assertEquals(List.of("b"), receive(1));
    messages.acknowledge();
    assertEquals(Map.of(0, 2L), kafka.group().offsets());
  }

  @Test
  void messagesComeAgainIfTheGroupHasGivenThePartitionsAway() throws IOException {
    store(0, "a");
    assertEquals(List.of("a"), receive(1));
    kafka.fail(ApiKeys.OFFSET_COMMIT, Errors.UNKNOWN_MEMBER_ID);
    messages.acknowledge();
    assertEquals(List.of("a"), receive(1));
    messages.acknowledge();
    assertEquals(Map.of(0, 1L), kafka.group().offsets());
  }

  @Test
  void aSecondMemberWithTheNameEndsTheFirstInWords() throws IOException {
    kafka.fail(ApiKeys.JOIN_GROUP, Errors.FENCED_INSTANCE_ID);
    IOException end = assertThrows(IOException.class, () -> receive(1));
    assertEquals("another member of the group has this --name", end.getMessage());
  }

  @Test
  void aCompressionThatCannotBeReadIsNamedWithWhatToSet() throws IOException {
    store(0, "a");
    for (int type = 2; type <= 4; type++) {
      kafka.log().compressBy(type);
      messages = messages(Map.of());
      String words = assertThrows(IOException.class, () -> receive(1)).getMessage();
      assertTrue(words.contains("compression.type of the topic to gzip"), words);
      messages.close();
    }
  }

  @Test
  void aDeniedGroupIsTriedAgainWithGrowingPausesUntilItIsAllowed() throws IOException {
    store(0, "a");
    Errors denied = Errors.GROUP_AUTHORIZATION_FAILED;
    kafka.fail(ApiKeys.JOIN_GROUP, denied, denied, denied);
    assertEquals(List.of("a"), receive(1));
    long sleptMs = time.slept().stream().mapToLong(Duration::toMillis).sum();
    assertEquals(1_000 + 2_000 + 4_000, sleptMs);
  }

  @Test
  void thePauseAfterAFaultDoesNotHoldUpTheEndOfTheProgram() throws IOException {
    kafka.fail(ApiKeys.JOIN_GROUP, Errors.GROUP_AUTHORIZATION_FAILED);
    store(0, "a");
    assertEquals(List.of("a"), receive(1));
    Duration longest = time.slept().stream().max(Comparator.naturalOrder()).orElseThrow();
    assertTrue(longest.toMillis() <= 200, longest.toString());
  }

  @Test
  void groupAndNameHaveTheCharactersThatTheirDescriptionSays() {
    for (String wrong : List.of("", "a b", "a/b", "a".repeat(65))) {
      assertThrows(IllegalArgumentException.class, () -> messages(wrong, "n", Map.of()), wrong);
      assertThrows(IllegalArgumentException.class, () -> messages("g", wrong, Map.of()), wrong);
    }
  }

  @Test
  void withoutABrokerACommandIsNotPublished() {
    assertFalse(messages.canPublish());
    messages.publish(message("{}"));
  }

  private List<String> receive(int count) throws IOException {
    List<String> all = new ArrayList<>();
    Eventually.holds(
        count + " messages",
        () -> {
          messages.receive().forEach(one -> all.add(new String(one.payload(), UTF_8)));
          return all.size() >= count;
        });
    return all;
  }

  private void store(int partition, String... texts) {
    for (String text : texts) {
      kafka.store(message(text), partition);
    }
  }

  private static Message message(String text) {
    return new Message("t/v1/sb-1/live", text.getBytes(UTF_8), "", false);
  }

  private KafkaMessages messages(Map<String, String> file) {
    return messages("ingest", "ingest-1", file);
  }

  private KafkaMessages messages(String group, String name, Map<String, String> file) {
    return new KafkaMessages(
        kafka.settings(file), group, name, Optional.empty(), "t/v1", time, new SplittableRandom(7));
  }
}
