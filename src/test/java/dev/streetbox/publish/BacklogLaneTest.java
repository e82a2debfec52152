package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Range;
import dev.streetbox.mqtt.DeliveryOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the rate limit of the backlog, and what closes its lane. */
class BacklogLaneTest {
  private static final int RATE = 100;

  @TempDir Path folder;
  private BacklogLane lane;

  @BeforeEach
  void connect() {
    lane = new BacklogLane(Rows.outbox(folder, 1000), () -> RATE, Lanes.BATCH_ROWS);
    lane.onConnected(0);
  }

  @Test
  void aNewConnectionBeginsWithoutABudgetSoThatTheLiveLaneIsFirst() {
    assertEquals(Optional.empty(), next(0, 60));
    lane.refill(10);
    assertEquals(Optional.of(new Range(Rows.BOOT, 1, 60)), next(10, 60));
    lane.onConnected(20);
    assertTrue(lane.isBudgetSpent());
  }

  @Test
  void aBatchMayExceedTheBudgetAndTheNextOneWaitsForTheRate() {
    lane.refill(10);
    lane.markSent(new Range(Rows.BOOT, 1, 60));
    lane.refill(600);
    assertEquals(Optional.empty(), next(600, 60));
    lane.refill(601);
    assertTrue(next(601, 60).isPresent(), "60 rows at 100 a second");
  }

  @Test
  void aPauseSavesNoMoreThanOneBatch() {
    lane.refill(3_600_000);
    lane.markSent(new Range(Rows.BOOT, 1, 60));
    assertFalse(lane.isOpen(3_600_000));
  }

  @Test
  void aBatchHasNoMoreRowsThanThePaceAllows() {
    lane.refill(10);
    assertEquals(Optional.of(new Range(Rows.BOOT, 1, 15)), next(10, 15));
    assertEquals(Optional.of(new Range(Rows.BOOT, 1, 60)), next(10, 5000));
  }

  @Test
  void rowsInFlightAreLeftOut() {
    lane.refill(10);
    List<Range> inFlight = List.of(new Range(Rows.BOOT, 1, 60));
    assertEquals(
        Optional.of(new Range(Rows.BOOT, 61, 80)), lane.next(80, inFlight, boot -> true, 60, 10));
  }

  @Test
  void aHeldLaneOpensAfterFiveMinutesOrOnANewConnection() {
    lane.hold(10);
    lane.refill(300_009);
    assertEquals(Optional.empty(), next(300_009, 60));
    assertTrue(next(300_010, 60).isPresent());
    lane.hold(300_010);
    lane.onConnected(300_020);
    assertFalse(lane.isHeld(300_020));
  }

  @Test
  void aRefusedTopicClosesTheLaneForAWhile() {
    lane.refill(10);
    lane.backoff().onAnswer(DeliveryOutcome.LATER, 10);
    assertEquals(Optional.empty(), next(1009, 60));
    assertTrue(next(1010, 60).isPresent());
  }

  private Optional<Range> next(long nowMs, int limit) {
    return lane.next(1000, List.of(), boot -> true, limit, nowMs);
  }
}
