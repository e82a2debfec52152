package dev.streetbox.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks what a writer does with each answer of Kafka, in scripted time. */
class KafkaWriterTest {
  private static final long LIMIT_MS = 600_000;

  private final ScriptedTime time = new ScriptedTime();
  private ScriptedKafka kafka;
  private KafkaWriter writer;

  @BeforeEach
  void open() throws IOException {
    kafka = new ScriptedKafka(1);
    writer = writer(Map.of());
  }

  @AfterEach
  void close() throws IOException {
    writer.close();
    kafka.close();
  }

  @Test
  void messagesAreWrittenInTheirOrder() throws IOException {
    assertTrue(write("a", "b", "c"));
    assertTrue(write("d"));
    assertEquals(List.of("a", "b", "c", "d"), kafka.log().values(0));
  }

  @Test
  void messagesThatKafkaDeniesAreWrittenLaterInTheirOrderAndOnce() throws IOException {
    kafka.fail(ApiKeys.PRODUCE, Errors.TOPIC_AUTHORIZATION_FAILED);
    assertTrue(write("a", "b", "c"));
    assertEquals(List.of("a", "b", "c"), kafka.log().values(0));
    assertEquals(0, writer.refused());
  }

  @Test
  void thePauseDoublesWhileKafkaDeniesAndIsShortAgainAfterASuccess() throws IOException {
    kafka.fail(
        ApiKeys.PRODUCE, Errors.TOPIC_AUTHORIZATION_FAILED, Errors.TOPIC_AUTHORIZATION_FAILED);
    assertTrue(write("a"));
    assertEquals(3_000, sleptMs(), "one and two seconds");
    kafka.fail(ApiKeys.PRODUCE, Errors.TOPIC_AUTHORIZATION_FAILED);
    assertTrue(write("b"));
    assertEquals(1_000, sleptMs());
  }

  @Test
  void aMessageThatIsTooLargeForTheClientDoesNotHoldUpTheOthers() throws IOException {
    writer = writer(Map.of("max.request.size", "2000"));
    assertTrue(write("a", "b".repeat(3_000), "c"));
    assertEquals(List.of("a", "c"), kafka.log().values(0));
    assertEquals(1, writer.refused());
    assertEquals(0, sleptMs());
  }

  @Test
  void aMessageThatKafkaRefusesForItsContentIsGivenUp() throws IOException {
    for (Errors error :
        List.of(Errors.MESSAGE_TOO_LARGE, Errors.INVALID_RECORD, Errors.INVALID_TIMESTAMP)) {
      kafka.fail(ApiKeys.PRODUCE, error);
      assertTrue(write("refused"), error.name());
    }
    assertEquals(3, writer.refused());
    assertEquals(0, sleptMs(), "it is not tried again");
    assertTrue(write("next"));
    assertEquals(List.of("next"), kafka.log().values(0));
  }

  @Test
  void aRefusedMessageIsCountedOnceThoughTheOthersAreTriedAgain() throws IOException {
    writer = writer(Map.of("max.request.size", "2000"));
    kafka.fail(ApiKeys.PRODUCE, Errors.TOPIC_AUTHORIZATION_FAILED);
    assertTrue(write("a", "b".repeat(3_000), "c"));
    assertEquals(List.of("a", "c"), kafka.log().values(0));
    assertEquals(1, writer.refused());
  }

  @Test
  void aProducerThatKafkaHasEndedIsReplaced() throws IOException {
    kafka.fail(ApiKeys.INIT_PRODUCER_ID, Errors.UNKNOWN_SERVER_ERROR);
    assertTrue(write("a", "b"));
    assertEquals(List.of("a", "b"), kafka.log().values(0));
  }

  @Test
  void theEndIsNotHeldUpByAKafkaThatDoesNotAnswer() throws IOException {
    kafka.answerNoRecords();
    AtomicInteger looks = new AtomicInteger();
    assertFalse(writer.write(messages("a", "b"), () -> looks.incrementAndGet() > 1));
    assertTrue(looks.get() < 10, looks + " times it was looked whether to end");
  }

  @Test
  void theEndIsNotHeldUpByAPause() throws IOException {
    kafka.fail(ApiKeys.PRODUCE, Errors.TOPIC_AUTHORIZATION_FAILED);
    assertFalse(writer.write(messages("a"), () -> time.tickMs() >= 400));
    assertEquals(400, sleptMs());
    assertEquals(List.of(), kafka.log().values(0));
  }

  @Test
  void anInterruptedWriterSaysSoAndStaysInterrupted() {
    kafka.answerNoRecords();
    kafka.beforeProduce(Thread.currentThread()::interrupt);
    String words = "";
    try {
      write("a");
    } catch (InterruptedIOException e) {
      words = e.getMessage();
    }
    assertEquals("interrupted while Kafka was asked", words);
    assertTrue(Thread.interrupted(), "the flag is set, and cleared for the next test");
  }

  private boolean write(String... texts) throws InterruptedIOException {
    return writer.write(messages(texts), () -> time.tickMs() > LIMIT_MS);
  }

  private KafkaWriter writer(Map<String, String> file) {
    return new KafkaWriter(kafka.settings(file), time);
  }

  private long sleptMs() {
    return time.slept().stream().mapToLong(Duration::toMillis).sum();
  }

  private static List<Message> messages(String... texts) {
    return Stream.of(texts)
        .map(text -> new Message("t/v1/sb-1/live", text.getBytes(UTF_8), "", false))
        .toList();
  }
}
