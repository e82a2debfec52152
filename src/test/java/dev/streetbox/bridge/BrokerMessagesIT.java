package dev.streetbox.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.bus.Time;
import dev.streetbox.mqtt.BrokerSettings;
import dev.streetbox.mqtt.Connection;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Links;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.Mosquitto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the source of messages against a real Mosquitto. */
@Timeout(120)
class BrokerMessagesIT {
  @TempDir Path folder;
  private Mosquitto broker;
  private Connection box;

  @BeforeEach
  void start() throws IOException {
    broker = Mosquitto.started(folder, "max_inflight_messages 0", "max_queued_messages 0");
    box = Links.connected(broker.uri());
  }

  @AfterEach
  void stop() {
    box.drop();
    broker.close();
  }

  @Test
  void whatWasNotAcknowledgedComesAgainAndNothingElse() throws IOException {
    try (BrokerMessages messages = subscribed()) {
      publish("1");
      assertEquals(List.of("1"), receive(messages, 1));
      messages.acknowledge();
      publish("2");
      publish("3");
      assertEquals(List.of("2", "3"), receive(messages, 2));
    }
    try (BrokerMessages messages = messages(new SystemTime())) {
      publish("4");
      assertEquals(List.of("2", "3", "4"), receive(messages, 3));
    }
  }

  @Test
  void anAcknowledgementIsOfEveryListSinceTheLast() throws IOException {
    try (BrokerMessages messages = subscribed()) {
      publish("1");
      assertEquals(List.of("1"), receive(messages, 1));
      publish("2");
      assertEquals(List.of("2"), receive(messages, 1));
      messages.acknowledge();
    }
    try (BrokerMessages messages = messages(new SystemTime())) {
      publish("3");
      assertEquals(List.of("3"), receive(messages, 1));
    }
  }

  @Test
  void aListIsLimitedAndKeepsTheOrder() throws IOException {
    subscribed().close();
    List<String> sent =
        IntStream.range(0, MessageSource.MAX_MESSAGES + 20).mapToObj(String::valueOf).toList();
    for (String text : sent) {
      publish(text);
    }
    // In a time that stands still, only the number of messages ends a list.
    try (BrokerMessages messages = messages(new ScriptedTime())) {
      assertEquals(sent.subList(0, MessageSource.MAX_MESSAGES), texts(messages.receive()));
    }
  }

  private BrokerMessages subscribed() throws IOException {
    BrokerMessages messages = messages(new SystemTime());
    Eventually.holds(
        "the subscription",
        () -> {
          List<Message> none = messages.receive();
          return none.isEmpty() && messages.canPublish();
        });
    return messages;
  }

  private BrokerMessages messages(Time time) {
    return new BrokerMessages(
        BrokerSettings.anonymous(broker.uri()), "t/v1", "", "one", time, new SplittableRandom(7));
  }

  private static List<String> receive(BrokerMessages messages, int count) throws IOException {
    List<String> all = new ArrayList<>();
    Eventually.holds(
        count + " messages",
        () -> {
          all.addAll(texts(messages.receive()));
          return all.size() >= count;
        });
    return all;
  }

  private static List<String> texts(List<Message> messages) {
    return messages.stream().map(one -> new String(one.payload(), UTF_8)).toList();
  }

  private void publish(String text) throws IOException {
    Links.answer(box, new Message("t/v1/sb-1/live", text.getBytes(UTF_8), "", false));
  }
}
