package dev.streetbox.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.SystemTime;
import dev.streetbox.mqtt.Connection;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Links;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.Mosquitto;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the subscriber against a real Mosquitto. */
class SubscriberIT {
  private static final Subscription ALL = new Subscription("t/v1", "+", "", "");
  private static final Duration SHORT = Duration.ofMillis(100);

  @TempDir Path folder;

  @Test
  void aMessageHasTopicPayloadContentTypeAndRetainFlag() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder);
        Subscriber subscriber = subscribed(broker, ALL)) {
      Connection link = Links.connected(broker.uri());
      Links.answer(link, new Message("t/v1/sb-1/live", "{}".getBytes(UTF_8), "a/b", true));
      Message live = next(subscriber);
      assertEquals("t/v1/sb-1/live", live.topic());
      assertEquals("{}", new String(live.payload(), UTF_8));
      assertEquals("a/b", live.contentType());
      assertFalse(live.retained());
      try (Subscriber late = subscribed(broker, ALL)) {
        assertTrue(next(late).retained());
      }
      link.drop();
    }
  }

  @Test
  void afterARestartOfTheBrokerTheSubscriptionIsMadeAgain() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder);
        Subscriber subscriber = subscribed(broker, ALL)) {
      broker.kill();
      Eventually.holds(
          "the loss",
          () -> {
            subscriber.next(SHORT);
            return !subscriber.isSubscribed();
          });
      broker.start();
      subscribe(subscriber);
      publish(broker, "t/v1/sb-1/live", "again");
      assertEquals("again", new String(next(subscriber).payload(), UTF_8));
    }
  }

  @Test
  void aDurableSessionKeepsMessagesWhileTheSubscriberIsNotConnected() throws IOException {
    Subscription durable = new Subscription("t/v1", "sb-1", "", "audit");
    try (Mosquitto broker = Mosquitto.started(folder)) {
      subscribed(broker, durable).close();
      publish(broker, "t/v1/sb-1/live", "1");
      publish(broker, "t/v1/sb-2/live", "not for us");
      publish(broker, "t/v1/sb-1/live", "2");
      try (Subscriber subscriber = subscribed(broker, durable)) {
        assertEquals("1", new String(next(subscriber).payload(), UTF_8));
        assertEquals("2", new String(next(subscriber).payload(), UTF_8));
      }
      try (Subscriber subscriber = subscribed(broker, durable)) {
        assertEquals(Optional.empty(), subscriber.next(Duration.ofMillis(500)));
      }
    }
  }

  @Test
  void aMessageThatWasNotAcknowledgedArrivesAgain() throws IOException {
    Subscription durable = new Subscription("t/v1", "sb-1", "", "audit");
    try (Mosquitto broker = Mosquitto.started(folder)) {
      Subscriber first = subscribed(broker, durable);
      publish(broker, "t/v1/sb-1/live", "1");
      next(first);
      try (Subscriber second = subscribed(broker, durable)) { // Takes the session over.
        assertEquals("1", new String(next(second).payload(), UTF_8));
      }
      first.close();
    }
  }

  @Test
  void aGroupSharesTheMessages() throws IOException {
    Subscription shared = new Subscription("t/v1", "+", "backend", "");
    try (Mosquitto broker = Mosquitto.started(folder);
        Subscriber one = subscribed(broker, shared);
        Subscriber other = subscribed(broker, shared)) {
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < 10; i++) {
        publish(broker, "t/v1/sb-1/live", Integer.toString(i));
      }
      Eventually.holds(
          "all ten",
          () -> {
            one.next(SHORT).ifPresent(m -> assertTrue(seen.add(new String(m.payload(), UTF_8))));
            other.next(SHORT).ifPresent(m -> assertTrue(seen.add(new String(m.payload(), UTF_8))));
            return seen.size() == 10;
          });
    }
  }

  @Test
  void aRefusedLoginIsAnErrorAtOnce() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder, "allow_anonymous false");
        Subscriber subscriber = subscriber(broker, ALL)) {
      String message = assertThrows(IOException.class, () -> subscribe(subscriber)).getMessage();
      assertTrue(message.contains("refuses the login"), message);
    }
  }

  private static Subscriber subscriber(Mosquitto broker, Subscription subscription) {
    return new Subscriber(
        Links.connector(broker.uri()), subscription, new SystemTime(), new SplittableRandom());
  }

  private static Subscriber subscribed(Mosquitto broker, Subscription subscription)
      throws IOException {
    Subscriber subscriber = subscriber(broker, subscription);
    subscribe(subscriber);
    return subscriber;
  }

  private static void subscribe(Subscriber subscriber) throws IOException {
    Eventually.holds(
        "the subscription",
        () -> {
          if (!subscriber.isSubscribed()) {
            subscriber.next(Duration.ZERO); // One step, which must not remove a message.
          }
          return subscriber.isSubscribed();
        });
  }

  private static Message next(Subscriber subscriber) throws IOException {
    return Eventually.get("a message", () -> subscriber.next(SHORT));
  }

  private static void publish(Mosquitto broker, String topic, String text) throws IOException {
    Connection link = Links.connected(broker.uri());
    Links.answer(link, Links.text(topic, text));
    link.drop();
  }
}
