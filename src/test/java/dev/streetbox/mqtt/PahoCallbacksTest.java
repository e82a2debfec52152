package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.Test;

/** Checks the limits of the messages that wait, in the thread that Paho would use. */
class PahoCallbacksTest {
  private static final int LIMIT = PahoConnector.RECEIVE_MAXIMUM;

  private final WaitingEvents events = new WaitingEvents();
  private final PahoCallbacks callbacks = new PahoCallbacks(events, PahoConnector.RECEIVE_MAXIMUM);

  private void arrive(int qos, int count) {
    for (int i = 0; i < count; i++) {
      MqttMessage message = new MqttMessage(new byte[] {1});
      message.setQos(qos);
      message.setId(i + 1);
      callbacks.messageArrived("a/topic", message);
    }
  }

  private List<ConnectionEvent> takeAll() {
    List<ConnectionEvent> taken = new ArrayList<>();
    for (ConnectionEvent event = events.poll(); event != null; event = events.poll()) {
      taken.add(event);
    }
    return taken;
  }

  private static long losses(List<ConnectionEvent> taken) {
    return taken.stream().filter(ConnectionEvent.Lost.class::isInstance).count();
  }

  @Test
  void messagesOfQosZeroBeyondTheReceiveMaximumAreLostAndTheConnectionStays() {
    arrive(0, 10 * LIMIT);
    assertEquals(LIMIT, events.messages());
    assertEquals(0, losses(takeAll()));
    arrive(0, 1);
    assertEquals(1, events.messages(), "after the waiting ones were taken");
  }

  @Test
  void messagesOfQosOneAreTakenBesideAFloodOfQosZero() {
    arrive(0, 10 * LIMIT);
    arrive(1, LIMIT);
    assertEquals(2 * LIMIT, events.messages());
    assertEquals(0, losses(takeAll()));
  }

  @Test
  void aBrokerThatExceedsTheReceiveMaximumTwiceLosesTheConnectionOnce() {
    arrive(1, PahoCallbacks.MAX_WAITING + 5 * LIMIT);
    assertEquals(PahoCallbacks.MAX_WAITING, events.messages());
    List<ConnectionEvent> taken = takeAll();
    assertEquals(1, losses(taken));
    ConnectionEvent last = taken.get(taken.size() - 1);
    assertTrue(last.toString().contains("more messages at once than agreed"), last.toString());
    arrive(1, 1);
    assertEquals(List.of(), takeAll(), "nothing of a flooded connection is taken");
  }

  @Test
  void aSubscriberThatAcknowledgesManyTogetherTakesWhatMosquittoSendsAfterEachPuback() {
    PahoCallbacks many = new PahoCallbacks(events, 800);
    for (int i = 1; i <= 10_000; i++) {
      MqttMessage message = new MqttMessage(new byte[3_000]);
      message.setQos(1);
      message.setId(i);
      many.messageArrived("a/topic", message);
    }
    assertEquals(10_000, events.messages());
    assertEquals(0, losses(takeAll()));
    assertEquals(0, events.bytes(), "after all were taken");
  }

  @Test
  void onlyAMessageOfQosOneHasANumberToAcknowledge() {
    arrive(0, 1);
    arrive(1, 1);
    assertEquals(
        List.of(0, 1),
        takeAll().stream().map(event -> ((ConnectionEvent.Arrived) event).id()).toList());
  }

  @Test
  void largeMessagesAreLimitedByTheirBytes() {
    for (int i = 1; i <= 200; i++) {
      MqttMessage message = new MqttMessage(new byte[128 * 1024 - 100]);
      message.setQos(1);
      message.setId(i);
      callbacks.messageArrived("a/topic", message);
    }
    assertTrue(events.messages() <= 40, events.messages() + " messages of 128 KiB");
    assertEquals(1, losses(takeAll()));
  }

  @Test
  void aMessageArrivesWithItsFlagsAndCorrelationData() {
    MqttMessage message = new MqttMessage(new byte[] {1}, 1, true, new MqttProperties());
    message.setDuplicate(true);
    message.getProperties().setCorrelationData(new byte[] {7, 8});
    callbacks.messageArrived("a/topic", message);
    Message arrived = ((ConnectionEvent.Arrived) events.poll()).message();
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
    Message arrived = ((ConnectionEvent.Arrived) events.poll()).message();
    assertEquals(268_435_455, arrived.omittedBytes());
  }
}
