package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Faults;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.ScriptedBroker;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends on a scripted connection without the link that waits for its events. */
class SenderTest {
  @TempDir Path folder;
  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedBroker broker = new ScriptedBroker(time);
  private Outbox outbox;
  private Sender sender;

  @BeforeEach
  void open() {
    outbox = Rows.outbox(folder, 3);
    sender =
        new Sender(Boxes.box(outbox), new Clocks(time, time), new Faults(), Boxes.resends(outbox));
  }

  @Test
  void theStateAndTheNewestRowsAreSentAsSoonAsTheConnectionIsMade() throws IOException {
    connect(ScriptedBroker.CONNACK);
    List<Message> sent = broker.received();
    assertEquals(List.of("state", "live"), sent.stream().map(UplinkRun::topic).toList());
  }

  @Test
  void nothingIsInFlightOnceEachMessageIsAnswered() throws IOException {
    connect(ScriptedBroker.CONNACK);
    assertFalse(sender.isIdle());
    sender.onAnswer(new ConnectionEvent.Answered(1, 0));
    assertFalse(sender.isIdle());
    sender.onAnswer(new ConnectionEvent.Answered(2, 0));
    assertTrue(sender.isIdle());
    assertEquals(0, outbox.status().unacknowledged());
  }

  @Test
  void aRowAboveTheMaximumPacketSizeIsNeitherSentNorDropped() throws IOException {
    connect(new ConnectionEvent.Connected(20, 100, false));
    assertEquals(0, outbox.status().dropped());
    assertEquals(3, outbox.status().unacknowledged());
    List<Message> sent = broker.received();
    assertEquals(List.of("state"), sent.stream().map(UplinkRun::topic).toList());
  }

  private void connect(ConnectionEvent.Connected connack) throws IOException {
    sender.onConnected(broker.open(sender.session(), () -> null), connack);
  }
}
