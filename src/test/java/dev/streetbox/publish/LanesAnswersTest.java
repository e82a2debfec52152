package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Range;
import dev.streetbox.mqtt.DeliveryOutcome;
import dev.streetbox.outbox.Outbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks how answers, losses and rows that cannot be sent change what is sent next. */
class LanesAnswersTest {
  @TempDir Path folder;
  private final InFlightMessages inFlight = new InFlightMessages();
  private Outbox outbox;
  private Lanes lanes;
  private long lastId;

  @Test
  void nothingBecomesDueByTimeOnceTheBudgetOfTheBacklogIsRefilled() {
    open(5);
    assertTrue(lanes.isWaiting(0), "the budget of a new connection is zero");
    assertPick(Lane.LIVE, 1, 5, 1000);
    assertFalse(lanes.isWaiting(1000));
  }

  @Test
  void aClosedLiveTopicBecomesDueByTime() {
    open(5);
    answer(assertPick(Lane.LIVE, 1, 5, 1000), DeliveryOutcome.HOLD, 1000);
    assertTrue(lanes.isWaiting(300_999));
    assertFalse(lanes.isWaiting(301_000));
  }

  @Test
  void aClosedBacklogTopicBecomesDueByTime() {
    open(100);
    assertPick(Lane.LIVE, 41, 100, 1000);
    answer(assertPick(Lane.BACKLOG, 1, 40, 1000), DeliveryOutcome.HOLD, 1000);
    assertTrue(lanes.isWaiting(300_999));
    assertFalse(lanes.isWaiting(301_000));
  }

  @Test
  void theBudgetOfTheBacklogBeginsAtZeroOnANewConnection() {
    open(5);
    assertPick(Lane.LIVE, 1, 5, 0);
    assertNothing(1000);
    lose(1000);
    assertNothing(1000);
    assertPick(Lane.BACKLOG, 1, 5, 1001);
  }

  @Test
  void aLiveBatchWaitsUntilTheLimitOfMessagesInFlightAllowsIt() {
    outbox = Rows.outbox(folder, 1);
    lanes = Boxes.lanes(outbox, inFlight);
    inFlight.onConnected(1);
    lanes.onConnected(0);
    long first = assertPick(Lane.LIVE, 1, 1, 0);
    append(100);
    assertNothing(6000);
    answer(first, DeliveryOutcome.DELIVERED, 6000);
    assertPick(Lane.LIVE, 42, 101, 6000);
  }

  @Test
  void nothingIsSentBesideARowThatWasInFlightAtThreeLosses() {
    open(1);
    assertPick(Lane.LIVE, 1, 1, 0);
    lose(1000);
    assertPick(Lane.BACKLOG, 1, 1, 1100);
    lose(2000);
    assertPick(Lane.BACKLOG, 1, 1, 2100);
    append(1);
    long beside = assertPick(Lane.LIVE, 2, 2, 2200);
    answer(beside, DeliveryOutcome.DELIVERED, 2200);
    lose(3000);
    long alone = assertPick(Lane.BACKLOG, 1, 1, 3100);
    append(1);
    assertNothing(9000);
    answer(alone, DeliveryOutcome.DELIVERED, 9000);
    assertPick(Lane.LIVE, 3, 3, 9000);
  }

  @Test
  void aRowThatMustBeSentAloneWaitsForTheAnswersToAllOthers() {
    loseFirstRowThreeTimes();
    append(1);
    long other = assertPick(Lane.LIVE, 2, 2, 9000);
    assertNothing(9000);
    answer(other, DeliveryOutcome.DELIVERED, 9000);
    assertPick(Lane.BACKLOG, 1, 1, 9000);
  }

  @Test
  void theLossesOfRowsAreNotCountedOnceTheRowsAreDelivered() {
    open(1);
    assertPick(Lane.LIVE, 1, 1, 0);
    lose(1000);
    assertPick(Lane.BACKLOG, 1, 1, 1100);
    lose(2000);
    lanes.onAnswer(assertPick(Lane.BACKLOG, 1, 1, 2100), DeliveryOutcome.DELIVERED, 2100);
    inFlight.remove(lastId, 2100);
    // The outbox has no acknowledgement of the row, so that it returns the same row once more.
    assertPick(Lane.BACKLOG, 1, 1, 2200);
    lose(3000);
    append(1);
    assertPick(Lane.LIVE, 2, 2, 3100);
    assertPick(Lane.BACKLOG, 1, 1, 3100);
  }

  @Test
  void aPacketTooLargeOfASingleRowHoldsItsTopicAndDeclaresNothing() {
    open(1);
    assertPick(Lane.LIVE, 1, 1, 0);
    loseByPacketTooLarge(1000);
    assertPick(Lane.BACKLOG, 1, 1, 9000);
    loseByPacketTooLarge(10_000);
    append(1);
    assertNothing(300_999); // The live topic is closed, so that row 2 becomes backlog.
    append(1);
    answer(assertPick(Lane.LIVE, 3, 3, 307_000), DeliveryOutcome.DELIVERED, 307_000);
    assertNothing(309_999);
    assertPick(Lane.BACKLOG, 1, 1, 310_000);
    assertEquals(List.of(), lanes.refusedRows());
  }

  @Test
  void rowsOfAPacketTooLargeAmongSeveralAreSentAloneAndNoneIsHeld() {
    open(1);
    assertPick(Lane.LIVE, 1, 1, 0);
    lose(1000);
    append(1);
    assertPick(Lane.LIVE, 2, 2, 1100);
    assertPick(Lane.BACKLOG, 1, 1, 1100);
    loseByPacketTooLarge(2000);
    long alone = assertPick(Lane.BACKLOG, 1, 1, 2100);
    assertNothing(2400);
    lanes.onAnswer(alone, DeliveryOutcome.DELIVERED, 2400);
    inFlight.remove(alone, 2400);
    outbox.acknowledge(row(1), List.of());
    assertPick(Lane.BACKLOG, 2, 2, 2700);
  }

  @Test
  void aLiveRowThatIsTooLargeBecomesBacklogWhichIsThenHeld() {
    open(1);
    lanes.holdTooLarge(new PlannedBatch(Lane.LIVE, row(1)), 0);
    assertFalse(lanes.isBacklogHeld(0));
    lanes.holdTooLarge(new PlannedBatch(Lane.BACKLOG, row(1)), 0);
    assertTrue(lanes.isBacklogHeld(0));
    assertNothing(9000);
    assertEquals(List.of(), lanes.refusedRows());
  }

  @Test
  void aSkippedBacklogBatchLeavesTheLiveRowsDue() {
    open(100);
    lanes.skip(new PlannedBatch(Lane.BACKLOG, new Range(Rows.BOOT, 1, 40)));
    assertPick(Lane.LIVE, 41, 100, 0);
  }

  @Test
  void rowsThatAreSkippedAreNoLongerSentInSmallerBatches() {
    open(4);
    answer(assertPick(Lane.LIVE, 1, 4, 0), DeliveryOutcome.SPLIT, 0);
    lanes.skip(new PlannedBatch(Lane.BACKLOG, new Range(Rows.BOOT, 1, 4)));
    assertPick(Lane.BACKLOG, 1, 4, 1000);
  }

  @Test
  void rowsThatCannotBeReadArePlannedAgainAfterASecond() {
    open(100);
    assertPick(Lane.LIVE, 41, 100, 1000);
    lanes.postpone(new PlannedBatch(Lane.BACKLOG, new Range(Rows.BOOT, 1, 40)), 1000);
    assertNothing(1999);
    assertPick(Lane.BACKLOG, 1, 40, 2000);
  }

  @Test
  void aRowThatIsRefusedAgainDoesNotDelayTheOthers() {
    open(1);
    answer(assertPick(Lane.LIVE, 1, 1, 0), DeliveryOutcome.SPLIT, 0);
    answer(assertPick(Lane.BACKLOG, 1, 1, 5000), DeliveryOutcome.SPLIT, 5000);
    append(1);
    answer(assertPick(Lane.LIVE, 2, 2, 6000), DeliveryOutcome.DELIVERED, 6000);
    answer(assertPick(Lane.BACKLOG, 1, 1, 37_000), DeliveryOutcome.SPLIT, 37_000);
    lanes.skip(new PlannedBatch(Lane.LIVE, row(3)));
    append(1);
    assertPick(Lane.BACKLOG, 3, 3, 37_500);
  }

  private void open(int rows) {
    outbox = Rows.outbox(folder, rows);
    lanes = Boxes.lanes(outbox, inFlight);
    inFlight.onConnected(65_535);
    lanes.onConnected(0);
  }

  private void append(int rows) {
    for (int i = 0; i < rows; i++) {
      Rows.append(outbox);
    }
  }

  private void loseFirstRowThreeTimes() {
    open(1);
    assertPick(Lane.LIVE, 1, 1, 0);
    lose(1000);
    assertPick(Lane.BACKLOG, 1, 1, 1100);
    lose(2000);
    assertPick(Lane.BACKLOG, 1, 1, 2100);
    lose(3000);
  }

  private long assertPick(Lane lane, long first, long last, long nowMs) {
    Optional<PlannedBatch> pick = lanes.next(nowMs);
    assertEquals(Optional.of(new PlannedBatch(lane, new Range(Rows.BOOT, first, last))), pick);
    lastId++;
    inFlight.add(lastId, (int) pick.orElseThrow().rows().size(), nowMs);
    lanes.markSent(lastId, pick.orElseThrow(), nowMs);
    return lastId;
  }

  private void assertNothing(long nowMs) {
    assertEquals(Optional.empty(), lanes.next(nowMs));
  }

  private void answer(long id, DeliveryOutcome outcome, long nowMs) {
    inFlight.remove(id, nowMs);
    PlannedBatch batch = lanes.onAnswer(id, outcome, nowMs).orElseThrow();
    if (outcome == DeliveryOutcome.DELIVERED) {
      outbox.acknowledge(batch.rows(), List.of());
    }
  }

  /** Loses the connection by the broker and makes a new one at once. */
  private void lose(long nowMs) {
    lanes.onConnectionLost(true, nowMs);
    reconnect(nowMs);
  }

  private void loseByPacketTooLarge(long nowMs) {
    lanes.onPacketTooLarge(nowMs);
    reconnect(nowMs);
  }

  private void reconnect(long nowMs) {
    inFlight.onConnected(65_535);
    lanes.onConnected(nowMs);
  }

  private static Range row(long seq) {
    return new Range(Rows.BOOT, seq, seq);
  }
}
