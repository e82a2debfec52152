package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Range;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.ConnectionFailure;
import dev.streetbox.mqtt.Message;
import dev.streetbox.outbox.Event;
import dev.streetbox.outbox.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the order of messages and the effect of the broker's answers. */
class SendingTest {
  @TempDir Path folder;

  @Test
  void theStateIsSentFirstThenEventsThenTheNewestRowsThenTheBacklog() throws IOException {
    UplinkRun run = new UplinkRun(folder, 100);
    run.outbox().append(Event.Kind.REPORT, 100_000, Map.of("text", "pothole"));
    run.untilNothingWaits();
    assertEquals(List.of("state", "event", "live", "backlog"), run.topics());
    run.forMs(1000);
    assertEquals(0, run.outbox().status().events());
  }

  @Test
  void anEventCarriesTheRowsBeforeIt() throws IOException {
    UplinkRun run = new UplinkRun(folder, 40);
    run.outbox().append(Event.Kind.REPORT, 40_000, Map.of("text", "pothole"));
    run.forMs(1000);
    Message event = run.broker().received().get(1);
    assertFalse(UplinkRun.holds(event, 10));
    assertTrue(UplinkRun.holds(event, 11));
    assertTrue(UplinkRun.holds(event, 40));
  }

  @Test
  void aDeniedTopicIsAFaultAndNotUsedForFiveMinutes() throws IOException {
    UplinkRun run = new UplinkRun(folder, 3);
    run.broker().answer(m -> OptionalInt.of(UplinkRun.topic(m).equals("live") ? 0x87 : 0));
    run.untilNothingWaits();
    assertEquals(List.of("state", "live", "backlog"), run.topics());
    assertTrue(run.fault("broker/live").contains("ACL (0x87)"), run.fault("broker/live"));
    for (int i = 0; i < 28; i++) {
      run.forMs(10_000);
      Rows.append(run.outbox());
    }
    assertFalse(run.topics().contains("live"));
    run.broker().answer(0);
    run.forMs(30_000);
    Rows.append(run.outbox());
    run.forMs(1000);
    assertTrue(run.topics().contains("live"));
    assertEquals("", run.fault("broker/live"));
  }

  @Test
  void theWaitAfterABusyBrokerIsOneSecondAndDoubles() throws IOException {
    UplinkRun run = new UplinkRun(folder, 3);
    List<Long> moments = new ArrayList<>();
    run.broker()
        .answer(
            m -> {
              if (UplinkRun.topic(m).equals("state")) {
                return OptionalInt.of(0);
              }
              moments.add(run.time().tickMs());
              return OptionalInt.of(0x97);
            });
    run.forMs(60_000);
    assertTrue(moments.size() >= 6 && moments.size() <= 8, moments.toString());
    assertTrue(run.fault("broker/backlog").contains("does not accept it now"));
  }

  @Test
  void aStateThatWasNotAcceptedIsSentAgain() throws IOException {
    UplinkRun run = new UplinkRun(folder, 0);
    AtomicInteger refusals = new AtomicInteger(1);
    run.broker().answer(m -> OptionalInt.of(refusals.getAndDecrement() > 0 ? 0x97 : 0));
    run.forMs(5000);
    assertEquals(List.of("state", "state"), run.topics());
    assertEquals("", run.fault("broker/state"));
  }

  @Test
  void aBrokerThatRefusesEveryMessageWithAnyCodeGetsFewMessages() throws IOException {
    for (int code : new int[] {0x80, 0x83, 0x87, 0x90, 0x91, 0x95, 0x97, 0x99, 0xff}) {
      UplinkRun run = new UplinkRun(folder.resolve("code" + code), 100);
      run.outbox().append(Event.Kind.REPORT, 100_000, Map.of("text", "pothole"));
      run.broker().answer(code);
      run.forMs(600_000);
      int messages = run.topics().size();
      assertTrue(messages <= 120, "%d messages after 0x%02x".formatted(messages, code));
      assertEquals(0, run.outbox().status().dropped());
    }
  }

  @Test
  void aRowWithAnInvalidPayloadIsFoundAndDeclaredAndAllOthersArrive() throws IOException {
    UplinkRun run = new UplinkRun(folder, 100);
    run.broker().answer(m -> OptionalInt.of(UplinkRun.holds(m, 77) ? 0x99 : 0));
    run.until("the row is found", () -> run.outbox().status().unacknowledged() == 1);
    assertEquals(0, run.outbox().status().dropped());
    for (int minute = 0; minute < 15 && run.outbox().status().dropped() == 0; minute++) {
      Rows.append(run.outbox());
      long endMs = run.time().tickMs() + 60_000;
      run.until(
          "a minute or the drop",
          () -> run.time().tickMs() >= endMs || run.outbox().status().dropped() == 1);
    }
    assertEquals(1, run.outbox().status().dropped());
    assertTrue(run.fault("broker/backlog").contains("row 77 of boot 41"));
    run.untilNothingWaits();
  }

  @Test
  void nobodyWhoSubscribesForMoreThanAMinuteIsAFaultUntilSomebodyDoes() throws IOException {
    UplinkRun run = new UplinkRun(folder, 1);
    run.broker().answer(0x10);
    for (int second = 0; second < 60; second++) {
      Rows.append(run.outbox());
      run.forMs(1000);
    }
    assertEquals("", run.fault("subscribers/live"));
    for (int second = 0; second < 10; second++) {
      Rows.append(run.outbox());
      run.forMs(1000);
    }
    assertTrue(
        run.fault("subscribers/live")
            .startsWith("messages on live: the broker has them, and nobody subscribes"),
        run.fault("subscribers/live"));
    assertEquals("", run.fault("subscribers/state"));
    run.broker().answer(0);
    for (int second = 0; second < 10; second++) {
      Rows.append(run.outbox());
      run.forMs(1000);
    }
    assertEquals("", run.fault("subscribers/live"));
  }

  @Test
  void aSubscriberInBetweenOrALongSilenceBeginsTheMinuteAnew() {
    MissingSubscribers missing = new MissingSubscribers();
    assertFalse(missing.onNoSubscriber("live", 0));
    missing.onSubscriber("live");
    assertFalse(missing.onNoSubscriber("live", 61_000));
    assertFalse(missing.onNoSubscriber("backlog", 0));
    assertFalse(missing.onNoSubscriber("backlog", 3_600_000));
    assertFalse(missing.onNoSubscriber("backlog", 3_660_000));
    assertTrue(missing.onNoSubscriber("backlog", 3_660_001));
  }

  @Test
  void aDropIsInEachBatchUntilOneIsAccepted() throws IOException {
    UplinkRun run = new UplinkRun(folder, 3);
    run.outbox().drop(new Range(Rows.BOOT, 1, 1), Reason.STORE_FULL);
    AtomicInteger refusals = new AtomicInteger(1);
    run.broker()
        .answer(
            m -> {
              boolean batch = !UplinkRun.topic(m).equals("state");
              return OptionalInt.of(batch && refusals.getAndDecrement() > 0 ? 0x97 : 0);
            });
    run.untilNothingWaits();
    Rows.append(run.outbox());
    run.untilNothingWaits();
    List<Message> batches =
        run.broker().received().stream().filter(m -> !m.topic().endsWith("state")).toList();
    assertEquals(3, batches.size());
    assertTrue(UplinkRun.text(batches.get(0)).contains("\"drops\""));
    assertTrue(UplinkRun.text(batches.get(1)).contains("\"drops\""));
    assertFalse(UplinkRun.text(batches.get(2)).contains("\"drops\""));
  }

  @Test
  void aBatchAboveTheMaximumPacketSizeIsHalvedUntilItFits() throws IOException {
    UplinkRun run = new UplinkRun(folder, 100);
    run.broker().connack(new ConnectionEvent.Connected(20, 1000, false));
    run.untilNothingWaits();
    List<Message> messages = run.broker().received();
    assertTrue(messages.stream().allMatch(m -> m.packetBytes() <= 1000));
    assertTrue(UplinkRun.holds(messages.get(1), 100), "the newest row is sent first");
    assertEquals(0, run.outbox().status().dropped());
  }

  @Test
  void rowsAboveTheMaximumPacketSizeWaitWithAFaultUntilTheBrokerAcceptsThem() throws IOException {
    UplinkRun run = new UplinkRun(folder, 100);
    run.broker().connack(new ConnectionEvent.Connected(20, 50, false));
    run.forMs(3_600_000);
    assertEquals(0, run.outbox().status().dropped());
    assertEquals(100, run.outbox().status().unacknowledged());
    assertEquals(List.of("state"), run.topics());
    assertTrue(run.fault("broker/packet-size").contains("maximum packet size"));
    run.broker().connack(new ConnectionEvent.Connected(20, 1000, false));
    run.broker().lose(ConnectionFailure.network("restarted"));
    run.forMs(60_000);
    assertEquals(0, run.outbox().status().unacknowledged());
    assertEquals("", run.fault("broker/packet-size"));
  }

  @Test
  void aBrokerThatClosesAtASingleRowAsTooLargeIsAFaultAndNoRowIsGivenUp() throws IOException {
    UplinkRun run = new UplinkRun(folder, 20);
    run.broker()
        .answer(
            m -> {
              if (!UplinkRun.topic(m).equals("state")) {
                run.broker()
                    .lose(new ConnectionFailure("too large", ConnectionFailure.Kind.TOO_LARGE));
              }
              return OptionalInt.of(0);
            });
    run.forMs(3_600_000);
    assertEquals(0, run.outbox().status().dropped());
    assertEquals(20, run.outbox().status().unacknowledged());
    assertTrue(run.fault("broker/packet-size").contains("maximum packet size"));
    int connections = run.broker().connections().size();
    assertTrue(connections < 60, connections + " connections");
  }

  @Test
  void theBrokersReceiveMaximumIsKept() throws IOException {
    UplinkRun run = new UplinkRun(folder, 2000);
    run.broker().connack(new ConnectionEvent.Connected(3, Long.MAX_VALUE, false));
    run.broker().answerNothing();
    run.forMs(5000);
    assertEquals(2, run.topics().size(), "state and live; a third would spare nothing for live");
  }

  @Test
  void anEventThatIsTooLargeBlocksNoOther() throws IOException {
    UplinkRun run = new UplinkRun(folder, 2);
    run.broker().connack(new ConnectionEvent.Connected(20, 1000, false));
    run.outbox().append(Event.Kind.REPORT, 2000, Map.of("text", "x".repeat(2000)));
    run.outbox().append(Event.Kind.REPORT, 2000, Map.of("text", "pothole"));
    run.untilNothingWaits();
    run.forMs(1000);
    assertEquals(1, run.outbox().status().events());
    assertEquals(1, run.topics().stream().filter("event"::equals).count());
  }

  @Test
  void anEventInFlightAtALossIsSentAgain() throws IOException {
    UplinkRun run = new UplinkRun(folder, 0);
    run.outbox().append(Event.Kind.REPORT, 0, Map.of("text", "pothole"));
    run.broker().answerNothing();
    run.forMs(1000);
    assertEquals(List.of("state", "event"), run.topics());
    run.broker().lose(ConnectionFailure.network("gone"));
    run.broker().answer(0);
    run.forMs(5000);
    assertEquals(List.of("state", "event"), run.topics());
    assertEquals(0, run.outbox().status().events());
  }

  @Test
  void theNewestRowsAreDueAtOnceOnANewConnection() throws IOException {
    UplinkRun run = new UplinkRun(folder, 3);
    run.untilNothingWaits();
    run.broker().lose(ConnectionFailure.network("gone"));
    run.publisher().cycle();
    run.topics();
    Rows.append(run.outbox());
    run.forMs(2000);
    assertEquals(List.of("state", "live"), run.topics());
  }

  @Test
  void aDeniedEventTopicIsAFaultOfThatTopic() throws IOException {
    UplinkRun run = new UplinkRun(folder, 0);
    run.outbox().append(Event.Kind.REPORT, 0, Map.of("text", "pothole"));
    run.broker().answer(m -> OptionalInt.of(UplinkRun.topic(m).equals("event") ? 0x87 : 0));
    run.forMs(1000);
    assertTrue(run.fault("broker/event").contains("ACL (0x87)"), run.fault("broker/event"));
  }

  @Test
  void aStateThatIsNotAcceptedIsAFaultOfItsTopic() throws IOException {
    UplinkRun run = new UplinkRun(folder, 0);
    run.broker().answer(0x97);
    run.forMs(1000);
    assertTrue(run.fault("broker/state").contains("does not accept it now (0x97)"));
  }

  @Test
  void aRefusedMessageIsAFaultOfItsTopic() throws IOException {
    UplinkRun run = new UplinkRun(folder, 1);
    run.broker().answer(m -> OptionalInt.of(UplinkRun.topic(m).equals("live") ? 0x99 : 0));
    run.forMs(1000);
    assertTrue(run.fault("broker/live").contains("refuses a message (0x99)"));
  }

  @Test
  void aRowThatIsRefusedAFewTimesAmongOthersIsNotDeclared() throws IOException {
    UplinkRun run = new UplinkRun(folder, 1);
    AtomicInteger refusals = new AtomicInteger(12);
    run.broker()
        .answer(
            m ->
                OptionalInt.of(UplinkRun.holds(m, 1) && refusals.getAndDecrement() > 0 ? 0x99 : 0));
    run.forMs(1000);
    for (int i = 0; i < 1000; i++) {
      Rows.append(run.outbox());
      run.forMs(1000);
    }
    assertEquals(0, run.outbox().status().dropped());
    assertEquals(1001, run.publisher().status().acknowledgedRows());
  }
}
