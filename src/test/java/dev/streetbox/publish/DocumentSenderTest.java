package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Faults;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.ConnectionFailure;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.ScriptedBroker;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks when a box describes itself on topics about and diag. */
class DocumentSenderTest {
  private static final ConnectionFailure CLOSED =
      new ConnectionFailure("closed", ConnectionFailure.Kind.NETWORK);

  @TempDir Path folder;
  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedBroker broker = new ScriptedBroker(time);
  private final AtomicInteger parts = new AtomicInteger(1);
  private Sender sender;

  @BeforeEach
  void open() {
    Outbox outbox = Rows.outbox(folder, 0);
    BoxDocuments documents =
        new BoxDocuments(
            json -> json.writeNumberField("parts", parts.get()),
            json -> json.writeNumberField("uptime_s", time.tickMs() / 1000));
    sender = new Sender(Boxes.box(outbox), new Clocks(time, time), new Faults());
    sender.describe(documents);
  }

  @Test
  void aboutIsRetainedAndDiagIsNot() throws IOException {
    connect();
    List<Message> sent = broker.received();
    assertEquals(List.of("state", "about", "diag"), topics(sent));
    assertEquals(List.of(true, true, false), sent.stream().map(Message::retained).toList());
    assertEquals(
        "{\"v\":1,\"box\":\"sb-0042\",\"boot\":41,\"parts\":1}", UplinkRun.text(sent.get(1)));
  }

  @Test
  void aboutIsSentAgainOnlyIfItHasChanged() throws IOException {
    connect();
    broker.received();
    acceptAll(3);
    sender.onConnectionLost(CLOSED);
    connect();
    assertEquals(List.of("state"), topics(broker.received()));
    parts.set(2);
    time.pass(Duration.ofSeconds(59));
    sender.sendDue();
    assertEquals(List.of(), topics(broker.received()));
    time.pass(Duration.ofSeconds(1));
    sender.sendDue();
    assertEquals(List.of("about"), topics(broker.received()));
  }

  @Test
  void whatWasInFlightAtALossIsSentAgain() throws IOException {
    connect();
    broker.received();
    sender.onConnectionLost(CLOSED);
    connect();
    assertEquals(List.of("state", "about", "diag"), topics(broker.received()));
  }

  @Test
  void aRequestedAboutIsSentThoughItHasNotChanged() throws IOException {
    connect();
    broker.received();
    sender.requestAbout();
    sender.sendDue();
    assertEquals(List.of("about"), topics(broker.received()));
  }

  @Test
  void diagIsSentEveryPeriodAndOnRequest() throws IOException {
    connect();
    broker.received();
    time.pass(Duration.ofSeconds(299));
    sender.sendDue();
    assertEquals(List.of(), topics(broker.received()));
    time.pass(Duration.ofSeconds(1));
    sender.sendDue();
    List<Message> sent = broker.received();
    assertEquals(List.of("diag"), topics(sent));
    assertTrue(UplinkRun.text(sent.get(0)).contains("\"uptime_s\":300"));
    sender.requestDiag();
    sender.sendDue();
    assertEquals(List.of("diag"), topics(broker.received()));
  }

  private void connect() throws IOException {
    sender.onConnected(broker.open(sender.session(), () -> null), ScriptedBroker.CONNACK);
  }

  private void acceptAll(int count) {
    for (int id = 1; id <= count; id++) {
      sender.onAnswer(new ConnectionEvent.Answered(id, 0));
    }
  }

  private static List<String> topics(List<Message> sent) {
    return sent.stream().map(UplinkRun::topic).toList();
  }
}
