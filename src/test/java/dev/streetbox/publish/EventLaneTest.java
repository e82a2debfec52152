package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.mqtt.ConnectionFailure;
import dev.streetbox.mqtt.DeliveryOutcome;
import dev.streetbox.outbox.Event;
import dev.streetbox.outbox.Outbox;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks which event is sent next, and how often a refused event is sent again. */
class EventLaneTest {
  @TempDir Path folder;
  private Outbox outbox;
  private EventLane lane;
  private Event event;
  private long lastId;

  @BeforeEach
  void report() {
    outbox = Rows.outbox(folder, 40);
    lane = new EventLane(outbox);
    event = outbox.append(Event.Kind.REPORT, 40_000, Map.of("text", "pothole"));
  }

  @Test
  void anEventInFlightIsNotSentTwice() {
    send();
    assertEquals(Optional.empty(), lane.next(0));
  }

  @Test
  void anAcknowledgedEventLeavesTheOutbox() {
    assertTrue(lane.onAnswer(send(), DeliveryOutcome.DELIVERED, 0));
    assertEquals(0, outbox.status().events());
    assertEquals(Optional.empty(), lane.next(0));
  }

  @Test
  void anAnswerToAnotherMessageChangesNothing() {
    send();
    assertFalse(lane.onAnswer(99, DeliveryOutcome.DELIVERED, 0));
    assertEquals(1, outbox.status().events());
  }

  @Test
  void aRefusedEventIsSentOnceMoreWithoutRowsAndThenEveryFiveMinutes() {
    assertEquals(30, lane.rows(event).size());
    lane.onAnswer(send(), DeliveryOutcome.SPLIT, 0);
    assertEquals(0, lane.rows(event).size());
    assertEquals(Optional.empty(), lane.next(999), "each refusal closes the topic for a while");
    lane.onAnswer(send(1000), DeliveryOutcome.SPLIT, 1000);
    assertEquals(Optional.empty(), lane.next(300_999));
    assertTrue(lane.isWaiting(300_999));
    lane.onAnswer(send(301_000), DeliveryOutcome.SPLIT, 301_000);
    assertEquals(Optional.empty(), lane.next(600_999));
    lane.onAnswer(send(601_000), DeliveryOutcome.DELIVERED, 601_000);
    assertFalse(lane.isWaiting(601_001));
    assertEquals(0, outbox.status().events());
  }

  @Test
  void anEventInFlightAtLossesIsSentWithoutRowsAfterThreeAndWaitsAfterSix() {
    for (int losses = 0; losses < 6; losses++) {
      assertEquals(losses < 3 ? 30 : 0, lane.rows(event).size(), losses + " losses");
      send();
      lane.onConnectionLost(ConnectionFailure.network("gone"), 0);
    }
    assertEquals(Optional.empty(), lane.next(0));
  }

  @Test
  void aLossAboutTheConnectionDoesNotCountAgainstAnEvent() {
    for (int losses = 0; losses < 20; losses++) {
      send();
      lane.onConnectionLost(new ConnectionFailure("busy", ConnectionFailure.Kind.BUSY), 0);
    }
    assertEquals(30, lane.rows(event).size());
  }

  @Test
  void anEventThatWaitsBlocksNoOther() {
    lane.onAnswer(send(), DeliveryOutcome.SPLIT, 0);
    lane.onAnswer(send(1000), DeliveryOutcome.SPLIT, 1000);
    Event later = outbox.append(Event.Kind.REPORT, 41_000, Map.of("text", "glass"));
    assertEquals(Optional.of(later), lane.next(3000));
  }

  @Test
  void aDeniedTopicHoldsAllEventsForFiveMinutes() {
    lane.onAnswer(send(), DeliveryOutcome.HOLD, 0);
    assertEquals(Optional.empty(), lane.next(299_999));
    assertTrue(lane.isWaiting(299_999));
    assertEquals(Optional.of(event), lane.next(300_000));
  }

  @Test
  void aLossEventCarriesNoRows() {
    Event loss = outbox.append(Event.Kind.LOSS, 41_000, Map.of(Event.LOST_BOOT, 40));
    assertEquals(0, lane.rows(loss).size());
  }

  private long send() {
    return send(0);
  }

  private long send(long nowMs) {
    lane.markSent(++lastId, lane.next(nowMs).orElseThrow());
    return lastId;
  }

  @Test
  void anEventAfterTheFirstRowCarriesThatRow() {
    Outbox young = Rows.outbox(folder, 1);
    Event early = young.append(Event.Kind.REPORT, 1500, Map.of("text", "pothole"));
    assertEquals(1, new EventLane(young).rows(early).size());
  }

  @Test
  void anOpenTopicIsNotWaitedFor() {
    assertFalse(lane.isWaiting(0));
  }
}
