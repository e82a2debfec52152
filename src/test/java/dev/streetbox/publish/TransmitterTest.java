package dev.streetbox.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.DeliveryOutcome;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.ScriptedBroker;
import dev.streetbox.mqtt.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Publishes on scripted connections and tracks the answers. */
class TransmitterTest {
  private static final Message MESSAGE = new Message("t", "x".getBytes(UTF_8), "", false);

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedBroker broker = new ScriptedBroker(time);
  private final Transmitter transmitter = new Transmitter(new InFlightMessages(), time);

  @Test
  void aMessageIsInFlightUntilItsAnswer() throws IOException {
    connect(Long.MAX_VALUE);
    long id = transmitter.newId();
    transmitter.publish(id, MESSAGE);
    assertFalse(transmitter.isIdle());
    transmitter.onAnswer(id, DeliveryOutcome.DELIVERED);
    assertTrue(transmitter.isIdle());
    assertEquals(List.of(MESSAGE), broker.received());
  }

  @Test
  void numbersAreNotUsedAgainOnANewConnection() throws IOException {
    connect(Long.MAX_VALUE);
    long first = transmitter.newId();
    transmitter.publish(first, MESSAGE);
    connect(Long.MAX_VALUE);
    assertTrue(transmitter.isIdle(), "nothing is in flight on a new connection");
    assertTrue(transmitter.newId() > first);
  }

  @Test
  void theMaximumPacketSizeIsThatOfTheCurrentConnection() throws IOException {
    connect(MESSAGE.packetBytes());
    assertTrue(transmitter.fits(MESSAGE));
    connect(MESSAGE.packetBytes() - 1);
    assertFalse(transmitter.fits(MESSAGE));
    assertEquals(MESSAGE.packetBytes() - 1, transmitter.batchLimitBytes());
  }

  @Test
  void anAnswerIsOverdueAfterTenSeconds() throws IOException {
    connect(Long.MAX_VALUE);
    transmitter.publish(transmitter.newId(), MESSAGE);
    time.pass(Duration.ofSeconds(10));
    assertFalse(transmitter.isOverdue());
    time.pass(Duration.ofMillis(1));
    assertTrue(transmitter.isOverdue());
  }

  @Test
  void aHundredMessagesASecondMayBePublishedOverAllConnections() throws IOException {
    connect(Long.MAX_VALUE);
    for (int i = 0; i < 100; i++) {
      assertTrue(transmitter.mayPublish(), "message " + i);
      transmitter.publish(transmitter.newId(), MESSAGE);
    }
    connect(Long.MAX_VALUE);
    assertFalse(transmitter.mayPublish());
    time.pass(Duration.ofMillis(999));
    assertFalse(transmitter.mayPublish());
    time.pass(Duration.ofMillis(1));
    assertTrue(transmitter.mayPublish());
  }

  private void connect(long maximumPacketBytes) throws IOException {
    transmitter.onConnected(
        broker.open(Session.clean("box"), () -> null),
        new ConnectionEvent.Connected(20, maximumPacketBytes, false));
  }
}
