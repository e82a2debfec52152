package dev.streetbox.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.mqtt.BrokerFeature;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.ConnectionFailure;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.ScriptedBroker;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receives commands from a scripted broker and answers them. */
class CommandLaneTest {
  @TempDir Path folder;
  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedBroker broker = new ScriptedBroker(time);
  private Outbox outbox;
  private CommandedBox box;

  @BeforeEach
  void start() {
    outbox = Rows.outbox(folder, 3);
    box = new CommandedBox(folder, outbox, time, broker);
  }

  private static ConnectionFailure loss() {
    return ConnectionFailure.network("lost");
  }

  @Test
  void theBoxSubscribesToItsCommandsOnEachConnection() throws IOException {
    box.forMs(2000);
    assertEquals(List.of("t/v1/sb-0042/cmd/#"), broker.last().filters());
    broker.lose(loss());
    box.forMs(10_000);
    assertEquals(2, broker.connections().size());
    assertEquals(List.of("t/v1/sb-0042/cmd/#"), broker.last().filters());
    assertEquals("", box.fault("broker/cmd"));
  }

  @Test
  void aDeniedSubscriptionIsAFaultAndRowsGoOn() throws IOException {
    broker.suback(0x87);
    box.forMs(3000);
    assertTrue(
        box.fault("broker/cmd").contains("denies the subscription"), box.fault("broker/cmd"));
    assertEquals(0, outbox.status().unacknowledged());
    broker.suback(1);
    broker.lose(loss());
    box.forMs(10_000);
    assertEquals("", box.fault("broker/cmd"));
  }

  @Test
  void aSubscriptionAtQosZeroIsAFault() throws IOException {
    broker.suback(0);
    box.forMs(3000);
    assertTrue(box.fault("broker/cmd").contains("QoS 0"), box.fault("broker/cmd"));
    assertEquals(0, outbox.status().unacknowledged());
  }

  @Test
  void aBrokerWithoutWildcardsIsAskedForEachTopic() throws IOException {
    broker.connack(
        new ConnectionEvent.Connected(
            65_535, Long.MAX_VALUE, false, Set.of(BrokerFeature.WILDCARD)));
    box.forMs(3000);
    List<String> filters = broker.last().filters();
    assertEquals(8, filters.size());
    assertTrue(filters.contains("t/v1/sb-0042/cmd"), "" + filters);
    assertTrue(filters.contains("t/v1/sb-0042/cmd/report-status"), "" + filters);
  }

  @Test
  void aBrokerThatClosesAtTheSubscriptionIsSparedItForAnHour() throws IOException {
    broker.answerAfter(message -> 50);
    for (int i = 0; i < 3; i++) {
      while (broker.connections().size() == i || broker.last().filters().isEmpty()) {
        box.publisher().cycle();
      }
      broker.disconnect(0x87);
      box.publisher().cycle();
    }
    assertTrue(box.fault("broker/cmd").contains("for an hour"), box.fault("broker/cmd"));
    box.forMs(1_800_000);
    assertEquals(List.of(), broker.last().filters());
    assertEquals(0, outbox.status().unacknowledged(), "rows go on");
  }

  @Test
  void aPingIsAnsweredWithTheRequestsCorrelationDataAndThenAcknowledged() throws IOException {
    box.forMs(2000);
    broker.received();
    box.deliver(5, "cmd", CommandedBox.ping("p"));
    box.publisher().cycle();
    Message answer = box.answers().get(0);
    assertEquals("t/v1/sb-0042/ack", answer.topic());
    assertEquals("application/json", answer.contentType());
    assertArrayEquals(new byte[] {1, 5}, answer.correlationData());
    assertEquals(
        "{\"v\":1,\"box\":\"sb-0042\",\"id\":\"p\",\"cmd\":\"ping\",\"ok\":true,\"result\":{\"boot\":41}}",
        UplinkRun.text(answer));
    assertEquals(List.of(), broker.last().acknowledged(), "the broker may not have the answer");
    box.forMs(1000);
    assertEquals(List.of(5), broker.last().acknowledged());
  }

  @Test
  void aDurableCommandIsAcknowledgedWhenItIsOnTheDisk() throws IOException {
    box.forMs(2000);
    broker.answerNothing();
    box.deliver(5, "cmd/report-status", CommandedBox.reportStatus("r1"));
    box.publisher().cycle();
    assertEquals(List.of(), broker.last().acknowledged());
    box.commands().work();
    assertTrue(Files.readString(folder.resolve("commands")).contains("r1"));
    box.publisher().cycle();
    assertEquals(List.of(5), broker.last().acknowledged());
  }

  @Test
  void anAnswerThatWasLostIsSentAgain() throws IOException {
    box.forMs(2000);
    broker.received();
    broker.answer(message -> ack(message) ? OptionalInt.empty() : OptionalInt.of(0));
    box.deliver(5, "cmd", CommandedBox.reportStatus("r1"));
    box.forMs(2000);
    assertEquals(1, box.answers().size());
    broker.lose(loss());
    broker.answer(0);
    box.forMs(20_000);
    assertEquals(1, box.answers().size());
    box.forMs(20_000);
    assertEquals(0, box.answers().size());
    assertEquals(List.of("r1"), box.done());
  }

  private static boolean ack(Message message) {
    return message.topic().endsWith("/ack");
  }

  @Test
  void aRefusalWhoseAnswerWasLostIsLeftToTheBroker() throws IOException {
    box.forMs(2000);
    broker.answer(message -> ack(message) ? OptionalInt.empty() : OptionalInt.of(0));
    box.deliver(5, "cmd", "{\"id\":\"x\",\"cmd\":\"reboot\"}");
    box.forMs(2000);
    broker.lose(loss());
    broker.answer(0);
    box.answers();
    box.forMs(20_000);
    assertEquals(0, box.answers().size(), "the command comes again");
    assertEquals(List.of(), broker.connections().get(0).acknowledged());
    box.deliver(6, "cmd", "{\"id\":\"x\",\"cmd\":\"reboot\"}");
    box.forMs(2000);
    assertEquals(1, box.answers().size());
    assertEquals(List.of(6), broker.last().acknowledged());
  }

  @Test
  void aCommandWithoutAReadableIdIsAcknowledgedAndCounted() throws IOException {
    box.forMs(2000);
    broker.received();
    box.deliver(5, "cmd", "no json");
    broker.deliver(new Message("t/v1/sb-0042/cmd", new byte[0], "", false).without(99_999_999), 6);
    broker.deliver(new Message("t/v1/other/cmd", "{}".getBytes(UTF_8), "", false), 7);
    broker.deliver(new Message("unreadable", new byte[0], "", false).without(30), 8);
    box.forMs(2000);
    assertEquals(List.of(5, 6, 7, 8), broker.last().acknowledged());
    assertEquals(0, box.answers().size());
    assertEquals(4, box.commands().counts().unanswered());
    assertEquals(1, broker.connections().size());
  }

  @Test
  void whereTheBrokerDeniesAnswersCommandsStillPass() throws IOException {
    broker.answer(message -> OptionalInt.of(ack(message) ? 0x87 : 0));
    box.forMs(2000);
    for (int i = 1; i <= 30; i++) {
      box.deliver(i, "cmd", CommandedBox.ping("p" + i));
      box.forMs(200);
    }
    box.deliver(31, "cmd", CommandedBox.reportStatus("r1"));
    box.forMs(2000);
    assertTrue(broker.last().acknowledged().contains(31), "" + broker.last().acknowledged());
    assertEquals(List.of("r1"), box.done());
    assertTrue(box.fault("broker/ack").contains("denies this topic"), box.fault("broker/ack"));
    box.answers();
    broker.answer(0);
    box.forMs(400_000);
    assertTrue(
        box.answers().stream().anyMatch(answer -> UplinkRun.text(answer).contains("\"r1\"")),
        "the durable answer is sent when the topic is open again");
  }

  @Test
  void aFloodOfCommandsDelaysNoRow() throws IOException {
    box.forMs(2000);
    for (int second = 0; second < 20; second++) {
      Rows.append(outbox);
      for (int i = 0; i < 20; i++) {
        box.deliver(20 * second + i + 1, "cmd", CommandedBox.ping("p" + second + "-" + i));
      }
      box.forMs(1000);
    }
    box.forMs(6000);
    assertEquals(0, outbox.status().unacknowledged());
    assertTrue(box.commands().counts().refused() >= 300, "" + box.commands().counts());
  }

  @Test
  void aRestartedBoxAnswersWhatItHadDoneAndDoesItNotAgain() throws IOException {
    box.forMs(2000);
    broker.answerNothing();
    box.deliver(5, "cmd", CommandedBox.reportStatus("r1"));
    box.publisher().cycle();
    box.commands().work(); // Killed after the disk, before PUBACK and answer.
    broker.answer(0);
    start();
    broker.received();
    box.forMs(2000);
    assertEquals(1, box.answers().size());
    box.deliver(6, "cmd", CommandedBox.reportStatus("r1"));
    box.forMs(2000);
    assertEquals(1, box.answers().size());
    assertEquals(List.of("r1"), box.done());
    assertEquals(List.of(6), broker.last().acknowledged());
  }
}
