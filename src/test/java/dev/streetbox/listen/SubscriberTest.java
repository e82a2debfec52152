package dev.streetbox.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.mqtt.BrokerFeature;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.ConnectionFailure;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.ScriptedBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Tests the subscriber in scripted time. */
class SubscriberTest {
  private static final ConnectionEvent GRANTED = new ConnectionEvent.Subscribed(1);
  private static final ConnectionEvent KNOWN =
      new ConnectionEvent.Connected(65_535, Long.MAX_VALUE, true);

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedBroker broker = new ScriptedBroker(time);

  @Test
  void theSubscriptionCoversEveryMessageOfTheBox() throws IOException {
    Subscriber subscriber = subscriber("sb-1", "", "");
    step(subscriber);
    assertEquals(List.of("t/v1/sb-1/+"), broker.last().filters());
    assertFalse(subscriber.isSubscribed(), "not before the broker grants it");
    broker.last().add(GRANTED, 0);
    step(subscriber);
    assertTrue(subscriber.isSubscribed());
  }

  @Test
  void aGroupIsASharedSubscription() throws IOException {
    step(subscriber("+", "backend", ""));
    assertEquals(List.of("$share/backend/t/v1/+/+"), broker.last().filters());
  }

  @Test
  void aSessionWithoutANameEndsWithItsConnection() throws IOException {
    step(subscriber("+", "", ""));
    assertEquals(0, broker.last().session().expiryS());
    assertTrue(broker.last().session().clientId().startsWith("listen-"));
  }

  @Test
  void aSessionThatTheBrokerHoldsIsContinuedAndItsFilterSentAgain() throws IOException {
    broker.connack(KNOWN);
    Subscriber subscriber = subscriber("+", "", "audit");
    step(subscriber);
    assertTrue(subscriber.isSubscribed());
    assertTrue(subscriber.hasContinuedSession());
    assertEquals(List.of("t/v1/+/+"), broker.last().filters());
    assertEquals("listen-audit", broker.last().session().clientId());
    assertEquals(Duration.ofDays(7).toSeconds(), broker.last().session().expiryS());
  }

  @Test
  void aMessageIsAcknowledgedByTheNextCallOrTheClose() throws IOException {
    Subscriber subscriber = subscribed();
    broker.deliver(message("1"), 11);
    broker.deliver(message("2"), 12);
    assertEquals("1", text(subscriber.next(Duration.ofSeconds(1))));
    assertEquals(List.of(), broker.last().acknowledged());
    assertEquals("2", text(subscriber.next(Duration.ofSeconds(1))));
    assertEquals(List.of(11), broker.last().acknowledged());
    subscriber.close();
    assertEquals(List.of(11, 12), broker.last().acknowledged());
    assertTrue(broker.last().isDisconnected());
    assertTrue(broker.last().isDropped());
  }

  @Test
  void receivedMessagesWaitForTheCallersAcknowledgement() throws IOException {
    Subscriber subscriber = subscribed();
    broker.deliver(message("1"), 11);
    broker.deliver(message("2"), 12);
    Delivery first = subscriber.receive(Duration.ofSeconds(1)).orElseThrow();
    Delivery second = subscriber.receive(Duration.ofSeconds(1)).orElseThrow();
    assertEquals(Optional.empty(), subscriber.receive(Duration.ofSeconds(1)));
    assertEquals(List.of(), broker.last().acknowledged());
    second.acknowledge();
    assertEquals(List.of(12), broker.last().acknowledged());
    subscriber.close();
    assertEquals(List.of(12), broker.last().acknowledged(), "the first stays with the broker");
    assertEquals("1", new String(first.message().payload(), UTF_8));
  }

  @Test
  void anAcknowledgementOfALostConnectionGoesToNoOther() throws IOException {
    Subscriber subscriber = subscribed();
    broker.deliver(message("1"), 11);
    Delivery delivery = subscriber.receive(Duration.ofSeconds(1)).orElseThrow();
    broker.lose(ConnectionFailure.network("gone"));
    until(subscriber, 2);
    delivery.acknowledge();
    assertEquals(List.of(), broker.last().acknowledged());
  }

  @Test
  void aSubscriptionOfTwoTopicsIsGrantedWithTheSecond() throws IOException {
    Subscriber subscriber =
        new Subscriber(
            broker,
            new Subscription("t/v1", "+", "", "", List.of("state", "about")),
            time,
            new SplittableRandom(1));
    step(subscriber);
    assertEquals(List.of("t/v1/+/state", "t/v1/+/about"), broker.last().filters());
    broker.last().add(GRANTED, 0);
    step(subscriber);
    assertFalse(subscriber.isSubscribed());
    broker.last().add(GRANTED, 0);
    step(subscriber);
    assertTrue(subscriber.isSubscribed());
  }

  @Test
  void aMessageThatIsLeftIsNeverAcknowledged() throws IOException {
    Subscriber subscriber = subscribed();
    broker.deliver(message("1"), 11);
    subscriber.next(Duration.ofSeconds(1));
    subscriber.leaveUnacknowledged();
    subscriber.close();
    assertEquals(List.of(), broker.last().acknowledged());
  }

  @Test
  void aReconnectWithinARunIsNoContinuedSession() throws IOException {
    Subscriber subscriber = subscribed();
    broker.connack(KNOWN);
    broker.lose(ConnectionFailure.network("gone"));
    until(subscriber, 2);
    step(subscriber);
    assertTrue(subscriber.isSubscribed());
    assertFalse(subscriber.hasContinuedSession());
  }

  @Test
  void theCauseOfTheLastLossIsKept() throws IOException {
    Subscriber subscriber = subscribed();
    assertEquals(Optional.empty(), subscriber.fault());
    broker.lose(ConnectionFailure.network("gone"));
    subscriber.next(Duration.ZERO);
    assertEquals(Optional.of("gone"), subscriber.fault());
  }

  @Test
  void aMessageOfALostConnectionIsNotAcknowledgedOnTheNext() throws IOException {
    Subscriber subscriber = subscribed();
    broker.deliver(message("1"), 11);
    subscriber.next(Duration.ofSeconds(1));
    broker.lose(ConnectionFailure.network("gone"));
    until(subscriber, 2);
    assertEquals(List.of(11), broker.connections().get(0).acknowledged());
    assertEquals(List.of(), broker.last().acknowledged());
  }

  @Test
  void afterALossTheSubscriberReconnectsAndSubscribesAgain() throws IOException {
    Subscriber subscriber = subscribed();
    broker.lose(ConnectionFailure.network("gone"));
    subscriber.next(Duration.ZERO);
    assertFalse(subscriber.isSubscribed());
    assertTrue(broker.connections().get(0).isDropped());
    until(subscriber, 2);
    step(subscriber);
    assertEquals(List.of("t/v1/+/+"), broker.last().filters());
  }

  @Test
  void aConnectionWithoutAnswerIsDroppedAfterThirtySeconds() throws IOException {
    broker.sendNoConnack();
    Subscriber subscriber = subscriber("+", "", "");
    while (time.tickMs() < 30_000) {
      subscriber.next(Duration.ofMillis(100));
    }
    assertEquals(1, broker.connections().size());
    until(subscriber, 2);
    assertTrue(broker.connections().get(0).isDropped());
    assertTrue(time.tickMs() < 33_000, time.tickMs() + " ms");
  }

  @Test
  void aDeniedSubscriptionIsAnError() throws IOException {
    Subscriber subscriber = subscriber("+", "", "");
    step(subscriber);
    broker.last().add(new ConnectionEvent.Subscribed(0x87), 0);
    String text = assertThrows(IOException.class, () -> step(subscriber)).getMessage();
    assertEquals("the broker denies the subscription to t/v1/+/+ (0x87): check its ACL", text);
  }

  @Test
  void aBrokerWithoutWildcardSubscriptionsIsRefusedInWords() throws IOException {
    broker.connack(without(BrokerFeature.WILDCARD));
    Subscriber subscriber = subscriber("+", "", "");
    String text = assertThrows(IOException.class, () -> step(subscriber)).getMessage();
    assertEquals(
        "the broker offers no wildcard subscriptions, which t/v1/+/+ needs: allow them on the"
            + " broker",
        text);
    assertEquals(List.of(), broker.last().filters(), "nothing is subscribed to");
  }

  @Test
  void aBrokerWithoutSharedSubscriptionsIsRefusedInWordsIfThereIsAGroup() throws IOException {
    broker.connack(without(BrokerFeature.SHARED_SUBSCRIPTION));
    Subscriber shared = subscriber("+", "backend", "");
    String text = assertThrows(IOException.class, () -> step(shared)).getMessage();
    assertEquals(
        "the broker offers no shared subscriptions: leave out --group, or allow them on the"
            + " broker",
        text);
    step(subscriber("+", "", ""));
    assertEquals(List.of("t/v1/+/+"), broker.last().filters());
  }

  private static ConnectionEvent without(BrokerFeature feature) {
    return new ConnectionEvent.Connected(65_535, Long.MAX_VALUE, false, Set.of(feature));
  }

  @Test
  void aRefusedLoginIsAnError() {
    broker.connack(
        new ConnectionEvent.Lost(ConnectionFailure.refused("the broker refuses the login")));
    Subscriber subscriber = subscriber("+", "", "");
    String text = assertThrows(IOException.class, () -> step(subscriber)).getMessage();
    assertEquals("the broker refuses the login", text);
  }

  @Test
  void theWaitEndsAtTheLimit() throws IOException {
    Subscriber subscriber = subscribed();
    long beforeMs = time.tickMs();
    assertEquals(Optional.empty(), subscriber.next(Duration.ofMillis(750)));
    assertEquals(beforeMs + 750, time.tickMs());
  }

  private Subscriber subscriber(String box, String group, String session) {
    Subscription subscription = new Subscription("t/v1", box, group, session);
    return new Subscriber(broker, subscription, time, new SplittableRandom(7));
  }

  private Subscriber subscribed() throws IOException {
    Subscriber subscriber = subscriber("+", "", "");
    step(subscriber);
    broker.last().add(GRANTED, 0);
    step(subscriber);
    return subscriber;
  }

  /** Waits once for an event that is no message. */
  private static void step(Subscriber subscriber) throws IOException {
    assertEquals(Optional.empty(), subscriber.next(Duration.ofMillis(100)));
  }

  /** Polls until so many connections were opened. */
  private void until(Subscriber subscriber, int connections) throws IOException {
    while (broker.connections().size() < connections) {
      assertTrue(time.tickMs() < 3_600_000, "no connection within an hour");
      subscriber.next(Duration.ofMillis(100));
    }
  }

  private static Message message(String text) {
    return new Message("t/v1/sb-1/live", text.getBytes(UTF_8), "", false);
  }

  private static String text(Optional<Message> message) {
    return new String(message.orElseThrow().payload(), UTF_8);
  }
}
