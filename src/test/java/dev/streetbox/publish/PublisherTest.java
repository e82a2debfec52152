package dev.streetbox.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Faults;
import dev.streetbox.mqtt.BrokerFeature;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.ConnectionFailure;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.ScriptedBroker;
import dev.streetbox.mqtt.ScriptedConnection;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests connecting, losing and closing the connection in scripted time. */
class PublisherTest {
  @TempDir Path folder;
  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedBroker broker = new ScriptedBroker(time);
  private final Faults faults = new Faults();
  private Outbox outbox;
  private Publisher publisher;

  @BeforeEach
  void open() {
    outbox = Rows.outbox(folder, 3);
    publisher = publisher(new Clocks(time, time));
  }

  @Test
  void theConnectionHasTheBoxsIdAndAWillAndBeginsWithTheStateOnline() throws IOException {
    publisher.cycle();
    assertEquals("connecting", publisher.status().state());
    publisher.cycle();
    assertEquals("online", publisher.status().state());
    ScriptedConnection connection = broker.last();
    assertEquals("sb-0042", connection.session().clientId());
    assertEquals(Duration.ofDays(7).toSeconds(), connection.session().expiryS());
    Message will = connection.session().will().get(0);
    assertEquals("t/v1/sb-0042/state", will.topic());
    assertTrue(text(will).contains("\"state\":\"offline\""), text(will));
    assertTrue(will.retained());
    Message first = broker.received().get(0);
    assertEquals("t/v1/sb-0042/state", first.topic());
    assertTrue(text(first).contains("\"state\":\"online\",\"version\":\"0.1.0\""), text(first));
    assertTrue(first.retained());
  }

  @Test
  void nearAZoneTheConnectionIsClosedInOrderAndNoneIsMade() throws IOException {
    AtomicBoolean away = new AtomicBoolean(true);
    publisher.connectOnlyWhile(away::get);
    cycle(4);
    broker.received();
    Rows.append(outbox);
    away.set(false);
    publisher.cycle();
    List<Message> last = broker.received();
    assertTrue(text(last.get(last.size() - 1)).contains("\"state\":\"offline\""), "" + last);
    assertEquals(List.of("live", "state"), topics(last));
    assertTrue(broker.last().isDisconnected(), "no DISCONNECT");
    assertEquals("offline", publisher.status().state());
    assertEquals(0, publisher.status().losses());
    cycleUntil(time.tickMs() + 60_000);
    assertEquals(1, broker.connections().size());
    away.set(true);
    cycle(3);
    assertEquals("online", publisher.status().state());
    assertEquals(2, broker.connections().size());
  }

  @Test
  void whatWasInFlightWhenTheBoxCameNearAZoneIsSentAgain() throws IOException {
    AtomicBoolean away = new AtomicBoolean(true);
    publisher.connectOnlyWhile(away::get);
    broker.answerNothing();
    cycle(2);
    assertEquals(3, publisher.status().inFlightRows());
    away.set(false);
    publisher.cycle();
    assertEquals(0, publisher.status().inFlightRows());
    broker.answer(0);
    away.set(true);
    cycle(6);
    assertEquals(0, outbox.status().unacknowledged());
  }

  @Test
  void aBrokerWithoutRetainedMessagesIsAFaultUntilAConnectionWithThem() throws IOException {
    broker.connack(
        new ConnectionEvent.Connected(65_535, Long.MAX_VALUE, false, Set.of(BrokerFeature.RETAIN)));
    cycle(3);
    assertEquals("online", publisher.status().state());
    assertEquals(
        List.of(
            "the broker keeps no retained messages, so state and will are sent unretained: allow"
                + " retained messages on the broker"),
        textsOf("broker/retain"));
    broker.connack(ScriptedBroker.CONNACK);
    broker.lose(ConnectionFailure.network("gone"));
    while (broker.connections().size() < 2) {
      assertTrue(time.tickMs() < 60_000, "no connection within a minute");
      publisher.cycle();
    }
    cycle(2);
    assertEquals("online", publisher.status().state());
    assertEquals(List.of(), textsOf("broker/retain"));
  }

  private List<String> textsOf(String place) {
    return faults.list().stream()
        .filter(fault -> fault.active() && fault.place().equals(place))
        .map(Faults.Fault::text)
        .toList();
  }

  @Test
  void rowsStayInTheOutboxUntilTheirPuback() throws IOException {
    cycle(2);
    assertEquals(List.of("state", "live"), topics(broker.received()));
    assertEquals(3, publisher.status().inFlightRows());
    assertEquals(3, outbox.status().unacknowledged());
    publisher.cycle();
    assertEquals(0, outbox.status().unacknowledged());
    assertEquals(3, publisher.status().acknowledgedRows());
    assertEquals(1, publisher.status().acknowledgedBatches());
    assertEquals(0, publisher.status().inFlightRows());
    assertEquals(100, publisher.status().lastAnswerMs());
  }

  @Test
  void aBatchWithoutSubscriberIsAcknowledgedAndCounted() throws IOException {
    broker.answer(0x10);
    cycle(4);
    assertEquals(0, outbox.status().unacknowledged());
    assertEquals(1, publisher.status().withoutSubscriber());
  }

  @Test
  void aNewRowEndsTheWaitOfACycle() throws IOException {
    cycle(4);
    long beforeMs = time.tickMs();
    Rows.append(outbox);
    publisher.cycle();
    assertEquals(beforeMs, time.tickMs());
  }

  @Test
  void aCycleWaitsASecondIfNothingBecomesDueByTime() throws IOException {
    cycle(6);
    long beforeMs = time.tickMs();
    assertEquals(Duration.ZERO, publisher.cycle());
    assertEquals(beforeMs + 1000, time.tickMs());
  }

  @Test
  void aCycleWaitsATenthOfASecondWhileTheStateIsToBeSentAgain() throws IOException {
    cycle(6);
    broker.answer(m -> OptionalInt.of(m.topic().endsWith("state") ? 0x87 : 0));
    broker.lose(ConnectionFailure.network("gone"));
    cycle(1);
    cycleUntil(time.tickMs() + 5000);
    long beforeMs = time.tickMs();
    publisher.cycle();
    assertEquals(beforeMs + 100, time.tickMs());
  }

  @Test
  void theStatusShowsTheRowsSentAndTheStartOfTheState() throws IOException {
    cycle(2);
    assertEquals(3, publisher.status().sentRows());
    assertEquals(50, publisher.status().sinceMs());
  }

  @Test
  void aConnectionWithoutAnswersIsDroppedAfterTenSecondsAndTheRowsAreSentAgain()
      throws IOException {
    broker.answerNothing();
    cycleUntil(9_000);
    assertEquals(0, publisher.status().losses());
    while (publisher.status().losses() == 0) {
      publisher.cycle();
    }
    assertTrue(time.tickMs() < 12_000, time.tickMs() + " ms");
    assertTrue(broker.connections().get(0).isDropped());
    assertTrue(publisher.status().lastCause().contains("no longer answers"));
    broker.received();
    broker.answer(0);
    cycleUntil(15_000);
    assertEquals(List.of("state", "backlog"), topics(broker.received()));
    assertEquals(0, outbox.status().unacknowledged());
  }

  @Test
  void answersAreTimedInRealTimeAndNotInTheTimeOfTheRide() throws IOException {
    ScriptedTime ride = new ScriptedTime();
    publisher = publisher(new Clocks(ride, time));
    broker.answerNothing();
    cycle(2);
    ride.pass(Duration.ofHours(1));
    cycleUntil(9_000);
    assertEquals(0, publisher.status().losses());
    cycleUntil(12_000);
    assertEquals(1, publisher.status().losses());
  }

  @Test
  void anAttemptWithoutConnackEndsAfterThirtySeconds() throws IOException {
    broker.sendNoConnack();
    cycleUntil(30_000);
    assertEquals("connecting", publisher.status().state());
    cycleUntil(31_000);
    assertEquals(1, activeFaults("broker"));
    assertTrue(broker.connections().get(0).isDropped());
    assertEquals(0, publisher.status().losses(), "a connection that was never made");
  }

  @Test
  void theWaitsBetweenAttemptsAreThoseThatWereDrawn() throws IOException {
    broker.connack(new ConnectionEvent.Lost(ConnectionFailure.refused("no")));
    SplittableRandom same = new SplittableRandom(7);
    long dueMs = 0;
    for (long limitMs = 5000; limitMs <= 80_000; limitMs *= 2) {
      int before = broker.connections().size();
      cycleUntil(dueMs - 1);
      assertEquals(before, broker.connections().size(), "too early at " + dueMs);
      while (broker.connections().size() == before) {
        publisher.cycle();
      }
      long openedMs = time.tickMs();
      assertTrue(openedMs <= dueMs + 100, "too late: " + openedMs + ", not " + dueMs);
      cycle(1);
      dueMs = Math.max(openedMs + 1000, time.tickMs() + same.nextLong(limitMs + 1));
    }
  }

  @Test
  void aLoginThatCannotBeReadIsAFault() throws IOException {
    broker.refuseToOpen("[mqtt] password_file: cannot read /p");
    cycle(1);
    assertEquals("offline", publisher.status().state());
    assertEquals("[mqtt] password_file: cannot read /p", publisher.status().lastCause());
    assertEquals(1, activeFaults("broker"));
  }

  @Test
  void aConnectionClearsTheFaultOfTheLastOne() throws IOException {
    cycle(3);
    broker.lose(ConnectionFailure.network("gone"));
    cycle(1);
    assertEquals(1, activeFaults("broker"));
    cycleUntil(10_000);
    assertEquals("online", publisher.status().state());
    assertEquals(0, activeFaults("broker"));
    assertEquals(1, publisher.status().losses());
  }

  @Test
  void aBrokerThatAcceptsAndClosesAgainAndAgainIsAskedLessOftenAndTheFaultNamesTwoBoxes()
      throws IOException {
    broker.answer(
        message -> {
          broker.lose(ConnectionFailure.network("closed without a reason code"));
          return OptionalInt.empty();
        });
    cycleUntil(600_000);
    int connections = broker.connections().size();
    assertTrue(connections >= 30 && connections <= 80, connections + " connections");
    assertTrue(
        publisher.status().lastCause().endsWith("two boxes with one id?"),
        publisher.status().lastCause());
  }

  @Test
  void closingSendsTheNewestRowsThenOfflineThenDisconnect() throws IOException {
    cycle(4);
    Rows.append(outbox);
    broker.received();
    publisher.close();
    List<Message> last = broker.received();
    assertEquals(List.of("live", "state"), topics(last));
    assertTrue(text(last.get(1)).contains("\"state\":\"offline\""), text(last.get(1)));
    assertEquals(0, outbox.status().unacknowledged());
    assertTrue(broker.last().isDisconnected());
    assertTrue(broker.last().isDropped());
    assertEquals("offline", publisher.status().state());
    assertEquals(0, publisher.status().losses(), "a DISCONNECT is no loss");
  }

  @Test
  void closingWithoutAnswersTakesFourSecondsAtMost() throws IOException {
    cycle(4);
    broker.answerNothing();
    Rows.append(outbox);
    long beforeMs = time.tickMs();
    publisher.close();
    assertTrue(time.tickMs() - beforeMs <= 4000, time.tickMs() - beforeMs + " ms");
    assertEquals(1, outbox.status().unacknowledged());
    assertTrue(broker.last().isDropped());
  }

  @Test
  void closingWaitsForAnswersThatTakeMoreThanASecond() throws IOException {
    cycle(4);
    broker.roundTrip(1500);
    Rows.append(outbox);
    publisher.close();
    assertEquals(0, outbox.status().unacknowledged());
  }

  @Test
  void closingWaitsForTheAnswerToOfflineAndNoLonger() throws IOException {
    cycle(4);
    long beforeMs = time.tickMs();
    publisher.close();
    assertEquals(beforeMs + 50, publisher.status().lastAnswerMs());
    assertEquals(beforeMs + 50, time.tickMs());
  }

  @Test
  void closingWaitsUntilTheDisconnectIsSent() throws IOException {
    cycle(4);
    publisher.close();
    assertEquals(Optional.empty(), broker.last().poll(), "the end of the connection was awaited");
  }

  @Test
  void closingWithoutAConnectionSendsNothing() throws IOException {
    cycle(4);
    broker.lose(ConnectionFailure.network("gone"));
    cycle(1);
    broker.received();
    publisher.close();
    assertEquals(List.of(), broker.received());
  }

  @Test
  void anInterruptedThreadPublishesOfflineAndStaysInterrupted() throws IOException {
    cycle(4);
    broker.received();
    Thread.currentThread().interrupt();
    publisher.close();
    assertTrue(Thread.interrupted());
    assertEquals(List.of("state"), topics(broker.received()));
    assertTrue(broker.last().isDisconnected());
  }

  @Test
  void nothingIsConnectedBeforeTheBootHasItsName() throws IOException {
    PublishedNames unsettled = new AssignedLater(time, 5000);
    PublishedBox box = new PublishedBox(Boxes.IDENTITY, unsettled, Boxes.settings(), outbox);
    publisher = new Publisher(box, broker, new Clocks(time, time), new SplittableRandom(7), faults);
    cycleUntil(4900);
    assertFalse(time.tickMs() >= 5000);
    assertEquals(0, broker.connections().size());
    cycleUntil(5200);
    assertEquals(1, broker.connections().size());
  }

  @Test
  void aTimeThatIsFirstTrustedMakesTheNextAttemptDueAtOnce() throws IOException {
    outbox = new Outbox(Rows.BOOT, folder.resolve("undated"));
    publisher = publisher(new Clocks(time, time));
    broker.connack(new ConnectionEvent.Lost(ConnectionFailure.refused("not valid yet")));
    while (broker.connections().size() < 6) {
      publisher.cycle();
    }
    cycle(1);
    assertEquals("est", broker.last().clock().source());
    int before = broker.connections().size();
    long beforeMs = time.tickMs();
    outbox.append(Rows.trustedAnchor());
    cycle(1);
    assertEquals(before + 1, broker.connections().size());
    assertEquals(beforeMs, time.tickMs());
    assertEquals("gnss", broker.last().clock().source());
  }

  private Publisher publisher(Clocks clocks) {
    return new Publisher(Boxes.box(outbox), broker, clocks, new SplittableRandom(7), faults);
  }

  private void cycle(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      publisher.cycle();
    }
  }

  /** Runs all cycles that begin before a tick. */
  private void cycleUntil(long tickMs) throws IOException {
    while (time.tickMs() < tickMs) {
      publisher.cycle();
    }
  }

  private long activeFaults(String place) {
    return faults.list().stream().filter(f -> f.place().equals(place) && f.active()).count();
  }

  private static List<String> topics(List<Message> messages) {
    return messages.stream().map(m -> m.topic().replaceFirst(".*/", "")).toList();
  }

  private static String text(Message message) {
    return new String(message.payload(), UTF_8);
  }
}
