package dev.streetbox.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.ConnectionFailure;
import dev.streetbox.mqtt.Connector;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.ScriptedBroker;
import dev.streetbox.mqtt.ScriptedConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Sends a command through a scripted broker and waits for the answer. */
class CommandSenderTest {
  private static final CommandSender.Request REQUEST =
      new CommandSender.Request("t/sb-1/cmd/ping", "t/sb-1/ack", "{\"id\":\"a\"}", 3600);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedBroker broker = new ScriptedBroker(time);
  private int suback = 1;

  private final Connector connector =
      (session, clock) -> {
        ScriptedConnection open = (ScriptedConnection) broker.open(session, clock);
        open.add(new ConnectionEvent.Subscribed(suback, REQUEST.answerTopic()), 100);
        return open;
      };
  private final CommandSender sender = new CommandSender(connector, time, new SplittableRandom(1));

  private static Message answer(String body, byte[] correlation) {
    return new Message(REQUEST.answerTopic(), body.getBytes(UTF_8), "", false)
        .correlatedBy(correlation);
  }

  private CommandSender.Result send() throws IOException {
    return sender.send(REQUEST, LIMIT);
  }

  private String denied() {
    return assertThrows(IOException.class, this::send).getMessage();
  }

  @Test
  void theAnswerIsTheMessageWithTheCorrelationDataOfTheRequest() throws IOException {
    broker.answer(
        request -> {
          broker.deliver(answer("of another", new byte[] {1}), 5);
          broker.deliver(answer("of nobody", new byte[0]), 6);
          broker.deliver(answer("", request.correlationData()).without(100_000), 7);
          broker.deliver(answer("mine", request.correlationData()), 8);
          return OptionalInt.of(0);
        });
    assertEquals(new CommandSender.Result(Optional.of("mine"), true), send());
    assertEquals(List.of(5, 6, 7, 8), broker.last().acknowledged());
    assertEquals(List.of("t/sb-1/ack"), broker.last().filters());
    Message request = broker.received().get(0);
    assertEquals("t/sb-1/cmd/ping", request.topic());
    assertEquals("{\"id\":\"a\"}", new String(request.payload(), UTF_8));
    assertEquals(3600, request.expiryS());
    assertEquals(8, request.correlationData().length);
    assertFalse(request.retained());
  }

  @Test
  void anAnswerAfterThePubackIsAwaited() throws IOException {
    broker.answer(
        request -> {
          Message answer = answer("late", request.correlationData());
          broker.last().add(new ConnectionEvent.Arrived(answer, 5), 9_000);
          return OptionalInt.of(0);
        });
    assertEquals(Optional.of("late"), send().answer());
  }

  @Test
  void withoutAnAnswerTheWaitEndsAfterItsLimit() throws IOException {
    assertEquals(new CommandSender.Result(Optional.empty(), true), send());
    long waitedMs = time.tickMs() - 150; // SUBACK and PUBACK
    assertEquals(LIMIT.toMillis(), waitedMs);
  }

  @Test
  void aTopicThatNoSessionIsSubscribedToHasNoReceiver() throws IOException {
    broker.answer(0x10);
    assertEquals(new CommandSender.Result(Optional.empty(), false), send());
  }

  @Test
  void aDeniedTopicIsNamed() {
    broker.answer(0x87);
    assertEquals("the broker denies t/sb-1/cmd/ping (0x87): check its ACL", denied());
  }

  @Test
  void deniedAnswersAreNamedAndNothingIsSent() {
    suback = 0x87;
    assertEquals("the broker denies answers on t/sb-1/ack (0x87): check its ACL", denied());
    assertEquals(List.of(), broker.received());
  }

  @Test
  void aBrokerThatAnswersNothingIsNamedAtEachStep() {
    broker.answerNothing();
    assertEquals("the broker does not acknowledge the command", denied());
    broker.sendNoConnack();
    suback = 1;
    assertTrue(denied().contains("does not answer"), "no CONNACK");
  }

  @Test
  void aLostConnectionIsAnErrorInTheWordsOfItsCause() {
    broker.answer(
        request -> {
          broker.lose(ConnectionFailure.network("the network is gone"));
          return OptionalInt.empty();
        });
    assertEquals("the network is gone", denied());
  }

  @Test
  void closeSendsDisconnectAndDropsTheConnection() throws IOException {
    sender.close();
    assertEquals(List.of(), broker.connections());
    var unused = send();
    sender.close();
    assertTrue(broker.last().isDisconnected());
    assertTrue(broker.last().isDropped());
  }
}
