package dev.streetbox.publish;

import static dev.streetbox.mqtt.DeliveryOutcome.DELIVERED;
import static dev.streetbox.mqtt.DeliveryOutcome.HOLD;
import static dev.streetbox.mqtt.DeliveryOutcome.LATER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Faults;
import dev.streetbox.mqtt.BrokerFeature;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.DeliveryOutcome;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TopicFaultsTest {
  private final ScriptedTime time = new ScriptedTime();
  private final Faults faults = new Faults();
  private final TopicFaults topics = new TopicFaults(faults, time);

  private void answer(String topic, DeliveryOutcome outcome, int code) {
    topics.onAnswer(topic, outcome, new ConnectionEvent.Answered(1, code, ""));
  }

  /** Returns the places of the faults that are present. */
  private Set<String> places() {
    Set<String> places = new TreeSet<>();
    faults.list().stream().filter(Faults.Fault::active).forEach(fault -> places.add(fault.place()));
    return places;
  }

  @Test
  void aDeniedTopicIsAFaultWithTheCodeUntilAMessageOfItIsDelivered() {
    answer("backlog", HOLD, 0x87);
    answer("event", LATER, 0x97);
    assertEquals(Set.of("broker/backlog", "broker/event"), places());
    assertTrue(faults.list().get(0).text().endsWith("check its ACL (0x87)"));
    answer("backlog", DELIVERED, 0);
    assertEquals(Set.of("broker/event"), places());
  }

  @Test
  void aTopicWithoutASubscriberForMoreThanAMinuteIsAFaultUntilOneSubscribes() {
    answer("live", DELIVERED, DeliveryOutcome.NO_SUBSCRIBER);
    time.pass(Duration.ofMinutes(1));
    answer("live", DELIVERED, DeliveryOutcome.NO_SUBSCRIBER);
    assertEquals(Set.of(), places());
    time.pass(Duration.ofMillis(1));
    answer("live", DELIVERED, DeliveryOutcome.NO_SUBSCRIBER);
    assertEquals(Set.of("subscribers/live"), places());
    answer("live", DELIVERED, 0);
    assertEquals(Set.of(), places());
  }

  @Test
  void nobodyNeedsToSubscribeToTheRetainedState() {
    for (int minute = 0; minute < 5; minute++) {
      answer("state", DELIVERED, DeliveryOutcome.NO_SUBSCRIBER);
      time.pass(Duration.ofMinutes(1));
    }
    assertEquals(Set.of(), places());
  }

  @Test
  void aDeniedIdThatTheBoxHadBeforeIsNamedAndIsNoFaultOfTheTopic() {
    ConnectionEvent.Answered denied = new ConnectionEvent.Answered(1, 0x87, "");
    topics.onAnswerToOtherId("sb-old", "backlog", HOLD, denied);
    assertEquals(Set.of("broker/sb-old"), places());
    ConnectionEvent.Answered busy = new ConnectionEvent.Answered(2, 0x97, "");
    topics.onAnswerToOtherId("sb-old", "backlog", LATER, busy);
    assertEquals(Set.of("broker/sb-old", "broker/backlog"), places());
    ConnectionEvent.Answered good = new ConnectionEvent.Answered(3, 0, "");
    topics.onAnswerToOtherId("sb-old", "backlog", DELIVERED, good);
    assertEquals(Set.of(), places());
  }

  @Test
  void aRowThatIsTooLargeIsAFaultUntilTheOldestRowIsAccepted() {
    topics.onRowTooLarge();
    assertEquals(Set.of("broker/packet-size"), places());
    topics.onOldestRowAccepted();
    assertEquals(Set.of(), places());
  }

  @Test
  void aBrokerWithoutRetainedMessagesIsAFaultUntilOneOffersThem() {
    topics.onFeatures(Set.of(BrokerFeature.RETAIN));
    assertEquals(Set.of("broker/retain"), places());
    topics.onFeatures(Set.of());
    assertEquals(Set.of(), places());
  }
}
