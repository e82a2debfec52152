package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.Test;

/** Checks the limits of the messages that wait, in the thread that Paho would use. */
class PahoCallbacksTest {
  private static final int LIMIT = PahoConnector.RECEIVE_MAXIMUM;

  private final Queue<ConnectionEvent> events = new ArrayDeque<>();
  private final PahoCallbacks callbacks = new PahoCallbacks(events, PahoConnector.RECEIVE_MAXIMUM);

  private void arrive(int qos, int count) {
    for (int i = 0; i < count; i++) {
      MqttMessage message = new MqttMessage(new byte[] {1});
      message.setQos(qos);
      message.setId(i + 1);
      callbacks.messageArrived("a/topic", message);
    }
  }

  private long waiting() {
    return events.stream().filter(ConnectionEvent.Arrived.class::isInstance).count();
  }

  private long losses() {
    return events.stream().filter(ConnectionEvent.Lost.class::isInstance).count();
  }

  @Test
  void messagesOfQosZeroBeyondTheReceiveMaximumAreLostAndTheConnectionStays() {
    arrive(0, 10 * LIMIT);
    assertEquals(LIMIT, waiting());
    assertEquals(0, losses());
    events.clear();
    arrive(0, 1);
    assertEquals(1, waiting(), "after the waiting ones were taken");
  }

  @Test
  void messagesOfQosOneAreTakenBesideAFloodOfQosZero() {
    arrive(0, 10 * LIMIT);
    arrive(1, LIMIT);
    assertEquals(2 * LIMIT, waiting());
    assertEquals(0, losses());
  }

  @Test
  void aBrokerThatExceedsTheReceiveMaximumTwiceLosesTheConnectionOnce() {
    arrive(1, PahoCallbacks.MAX_WAITING);
    assertEquals(0, losses());
    arrive(1, 5 * LIMIT);
    assertEquals(PahoCallbacks.MAX_WAITING, waiting());
    assertEquals(1, losses());
    ConnectionEvent last = events.stream().reduce((first, second) -> second).orElseThrow();
    assertTrue(last.toString().contains("more messages at once than agreed"), last.toString());
    events.clear();
    arrive(1, 1);
    assertEquals(0, events.size(), "nothing of a flooded connection is taken");
  }

  @Test
  void onlyAMessageOfQosOneHasANumberToAcknowledge() {
    arrive(0, 1);
    arrive(1, 1);
    assertEquals(
        List.of(0, 1),
        events.stream().map(event -> ((ConnectionEvent.Arrived) event).id()).toList());
  }

  @Test
  void largeMessagesAreLimitedByTheirBytes() {
    for (int i = 1; i <= 200; i++) {
      MqttMessage message = new MqttMessage(new byte[128 * 1024 - 100]);
      message.setQos(1);
      message.setId(i);
      callbacks.messageArrived("a/topic", message);
    }
    assertEquals(1, losses());
    assertTrue(waiting() <= 40, waiting() + " messages of 128 KiB");
  }

  @Test
  void aMessageArrivesWithItsFlagsAndCorrelationData() {
    MqttMessage message = new MqttMessage(new byte[] {1}, 1, true, new MqttProperties());
    message.setDuplicate(true);
    message.getProperties().setCorrelationData(new byte[] {7, 8});
    callbacks.messageArrived("a/topic", message);
    Message arrived = ((ConnectionEvent.Arrived) events.remove()).message();
    assertTrue(arrived.retained());
    assertTrue(arrived.dup());
    assertArrayEquals(new byte[] {7, 8}, arrived.correlationData());
    assertEquals(0, arrived.omittedBytes());
  }

  @Test
  void ofAMessageThatWasPassedOverTheLengthIsKnown() {
    MqttMessage message = new MqttMessage(new byte[0], 1, false, new MqttProperties());
    message
        .getProperties()
        .setUserProperties(List.of(new UserProperty(IncomingPackets.OMITTED, "268435455")));
    callbacks.messageArrived("a/topic", message);
    Message arrived = ((ConnectionEvent.Arrived) events.remove()).message();
    assertEquals(268_435_455, arrived.omittedBytes());
  }
}
