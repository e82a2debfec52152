package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Range;
import dev.streetbox.mqtt.DeliveryOutcome;
import dev.streetbox.outbox.Outbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks which rows are sent next, case by case; {@link LanesModelTest} covers random cases. */
class LanesTest {
  @TempDir Path folder;
  private final InFlightMessages inFlight = new InFlightMessages();
  private Outbox outbox;
  private Lanes lanes;
  private long lastId;

  @Test
  void theNewestRowsAreSentFirstAndTheRestIsBacklogOldestFirst() {
    open(200);
    assertPick(Lane.LIVE, 141, 200, 1000);
    long first = assertPick(Lane.BACKLOG, 1, 60, 1000);
    assertPick(Lane.BACKLOG, 61, 120, 1300);
    assertNothing(1600);
    answer(first, 0, 1600);
    assertPick(Lane.BACKLOG, 121, 140, 1600);
    assertNothing(2000);
  }

  @Test
  void aLiveBatchHoldsTheRowsSinceTheLastOne() {
    open(3);
    assertPick(Lane.LIVE, 1, 3, 0);
    for (int row = 4; row <= 7; row++) {
      Rows.append(outbox);
      assertNothing(5000);
    }
    Rows.append(outbox);
    assertPick(Lane.LIVE, 4, 8, 5000);
  }

  @Test
  void secondsWithoutARowDelayABatchByHalfASecond() {
    open(3);
    assertPick(Lane.LIVE, 1, 3, 0);
    Rows.append(outbox);
    assertNothing(5499);
    Rows.append(outbox);
    assertPick(Lane.LIVE, 4, 5, 5500);
  }

  @Test
  void theFirstRowAfterAPauseIsSentAtOnce() {
    open(1);
    assertPick(Lane.LIVE, 1, 1, 0);
    assertNothing(60_000);
    Rows.append(outbox);
    assertPick(Lane.LIVE, 2, 2, 60_001);
  }

  @Test
  void rowsInFlightAtALossAreBacklogOfTheNextConnection() {
    open(5);
    assertPick(Lane.LIVE, 1, 5, 0);
    lose(true, 100);
    Rows.append(outbox);
    lanes.onConnected(1000);
    assertPick(Lane.LIVE, 6, 6, 1100);
    assertPick(Lane.BACKLOG, 1, 5, 1100);
  }

  @Test
  void theBacklogIsSentAtItsRate() {
    open(5000);
    long rows = 0;
    for (long nowMs = 0; nowMs <= 10_000; nowMs += 100) {
      for (Optional<PlannedBatch> pick = lanes.next(nowMs);
          pick.isPresent();
          pick = lanes.next(nowMs)) {
        rows += pick.get().lane() == Lane.BACKLOG ? pick.get().rows().size() : 0;
        answer(send(pick.get(), nowMs), 0, nowMs);
      }
    }
    assertTrue(Math.abs(rows - 200 * 10) <= 2 * Lanes.BATCH_ROWS, rows + " rows in 10 s");
  }

  @Test
  void theBacklogKeepsMessagesFreeForTheLiveLane() {
    open(5000);
    long nowMs = 0;
    while (lanes.next(nowMs).isPresent() || nowMs < 20_000) {
      Optional<PlannedBatch> pick = lanes.next(nowMs);
      if (pick.isPresent()) {
        long id = send(pick.get(), nowMs);
        if (nowMs < 10_000) {
          answer(id, 0, nowMs);
        }
      }
      nowMs += 100;
    }
    assertEquals(InFlightMessages.MAX_MESSAGES - 2, inFlight.size());
    Rows.append(outbox);
    assertPick(Lane.LIVE, 5001, 5001, nowMs);
  }

  @Test
  void aBrokerWithAReceiveMaximumOfOneGetsTheLiveRowsFirst() {
    outbox = Rows.outbox(folder, 100);
    lanes = Boxes.lanes(outbox, inFlight);
    inFlight.onConnected(1);
    lanes.onConnected(0);
    long live = assertPick(Lane.LIVE, 41, 100, 0);
    assertNothing(1000);
    answer(live, 0, 1000);
    assertPick(Lane.BACKLOG, 1, 40, 1000);
  }

  @Test
  void rowsOfADeniedLiveTopicAreSentAsBacklog() {
    open(5);
    answer(assertPick(Lane.LIVE, 1, 5, 0), 0x87, 100);
    assertPick(Lane.BACKLOG, 1, 5, 200);
    Rows.append(outbox);
    assertPick(Lane.BACKLOG, 6, 6, 6000);
  }

  @Test
  void aDeniedBacklogIsSentAgainAfterFiveMinutes() {
    open(100);
    assertPick(Lane.LIVE, 41, 100, 0);
    answer(assertPick(Lane.BACKLOG, 1, 40, 1000), 0x87, 1000);
    assertNothing(300_000);
    assertPick(Lane.BACKLOG, 1, 40, 301_000);
  }

  @Test
  void theWaitAfterABusyBrokerDoubles() {
    open(100);
    assertPick(Lane.LIVE, 41, 100, 0);
    answer(assertPick(Lane.BACKLOG, 1, 40, 1000), 0x97, 1000);
    assertNothing(1999);
    answer(assertPick(Lane.BACKLOG, 1, 40, 2000), 0x97, 2000);
    assertNothing(3999);
    assertPick(Lane.BACKLOG, 1, 40, 4000);
  }

  @Test
  void aRefusedRowIsFoundByHalvingAndDeclaredAfterTwentyRefusalsWithOthersAccepted() {
    open(4);
    answer(assertPick(Lane.LIVE, 1, 4, 0), 0x99, 0);
    answer(assertPick(Lane.BACKLOG, 1, 2, 1000), 0x99, 1000);
    answer(assertPick(Lane.BACKLOG, 1, 1, 2000), 0x99, 2000);
    answer(assertPick(Lane.BACKLOG, 2, 2, 4000), 0, 4000);
    answer(assertPick(Lane.BACKLOG, 3, 4, 4000), 0, 4000);
    for (int refusal = 2; refusal <= 20; refusal++) {
      assertEquals(List.of(), lanes.refusedRows());
      long nowMs = 2000 + 32_000L * (refusal - 1);
      answer(assertPick(Lane.BACKLOG, 1, 1, nowMs), 0x99, nowMs);
      Rows.append(outbox);
      answer(assertPick(Lane.LIVE, refusal + 3, refusal + 3, nowMs + 10_000), 0, nowMs + 10_000);
    }
    assertEquals(List.of(new Range(Rows.BOOT, 1, 1)), lanes.refusedRows());
    assertEquals(List.of(), lanes.refusedRows());
  }

  @Test
  void aBrokerThatRefusesEveryRowHasNoRowDeclared() {
    open(60);
    for (long nowMs = 0; nowMs < 3_600_000; nowMs += 1000) {
      for (Optional<PlannedBatch> pick = lanes.next(nowMs);
          pick.isPresent();
          pick = lanes.next(nowMs)) {
        lanes.onAnswer(send(pick.get(), nowMs), DeliveryOutcome.SPLIT, nowMs);
        inFlight.remove(lastId, nowMs);
      }
      assertEquals(List.of(), lanes.refusedRows());
    }
  }

  @Test
  void aRowAloneInFlightAtManyMissingAnswersIsNotDeclared() {
    open(1);
    assertPick(Lane.LIVE, 1, 1, 0);
    for (long nowMs = 1000; nowMs <= 8000; nowMs += 1000) {
      lose(false, nowMs);
      lanes.onConnected(nowMs);
      assertPick(Lane.BACKLOG, 1, 1, nowMs + 500);
    }
    answer(lastId, 0, 9000);
    Rows.append(outbox);
    answer(assertPick(Lane.LIVE, 2, 2, 20_000), 0, 20_000);
    assertEquals(List.of(), lanes.refusedRows());
  }

  @Test
  void theHalfOfALiveBatchIsTheNewerOne() {
    PlannedBatch live = new PlannedBatch(Lane.LIVE, new Range(1, 1, 5));
    assertEquals(new PlannedBatch(Lane.LIVE, new Range(1, 3, 5)), live.halved());
    PlannedBatch backlog = new PlannedBatch(Lane.BACKLOG, new Range(1, 1, 5));
    assertEquals(new PlannedBatch(Lane.BACKLOG, new Range(1, 1, 2)), backlog.halved());
  }

  private void open(int rows) {
    outbox = Rows.outbox(folder, rows);
    lanes = Boxes.lanes(outbox, inFlight);
    inFlight.onConnected(65_535);
    lanes.onConnected(0);
  }

  private long assertPick(Lane lane, long first, long last, long nowMs) {
    Optional<PlannedBatch> pick = lanes.next(nowMs);
    assertEquals(Optional.of(new PlannedBatch(lane, new Range(Rows.BOOT, first, last))), pick);
    return send(pick.orElseThrow(), nowMs);
  }

  private void assertNothing(long nowMs) {
    assertTrue(lanes.next(nowMs).isEmpty());
  }

  private long send(PlannedBatch pick, long nowMs) {
    lastId++;
    inFlight.add(lastId, (int) pick.rows().size(), nowMs);
    lanes.markSent(lastId, pick, nowMs);
    return lastId;
  }

  private void answer(long id, int code, long nowMs) {
    DeliveryOutcome outcome = DeliveryOutcome.of(code);
    inFlight.remove(id, nowMs);
    PlannedBatch pick = lanes.onAnswer(id, outcome, nowMs).orElseThrow();
    if (outcome == DeliveryOutcome.DELIVERED) {
      outbox.acknowledge(pick.rows(), List.of());
    }
  }

  private void lose(boolean byBroker, long nowMs) {
    lanes.onConnectionLost(byBroker, nowMs);
    inFlight.onConnected(65_535);
  }
}
