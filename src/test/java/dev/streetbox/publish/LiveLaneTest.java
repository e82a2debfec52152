package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Range;
import dev.streetbox.mqtt.DeliveryOutcome;
import dev.streetbox.outbox.Outbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks which rows are live, and when the next batch is expected. */
class LiveLaneTest {
  @TempDir Path folder;

  @Test
  void theRowsBeforeTheNewestBatchAreBacklogFromTheStartOfAConnection() {
    LiveLane live = new LiveLane(Rows.outbox(folder, 200), () -> Duration.ofSeconds(5), 60);
    live.onConnected(0);
    assertEquals(140, live.backlogEnd());
    assertEquals(Optional.of(new Range(Rows.BOOT, 141, 200)), live.next(0));
  }

  @Test
  void aBatchIsExpectedOnceItsLastRowIsDueAndNotMuchLater() {
    Outbox outbox = Rows.outbox(folder, 5);
    LiveLane live = new LiveLane(outbox, () -> Duration.ofSeconds(5), 60);
    assertFalse(live.isExpected(1000, 0), "no row was seen");
    sendNewest(live, 500);
    assertFalse(live.isExpected(300, 5199));
    assertTrue(live.isExpected(300, 5200));
    Rows.append(outbox);
    assertEquals(Optional.empty(), live.next(1600));
    assertFalse(live.isExpected(300, 5299), "the fourth row after one at 1600");
    assertTrue(live.isExpected(300, 5300));
    assertTrue(live.isExpected(300, 6099));
    assertFalse(live.isExpected(300, 6100), "half a second late");
  }

  @Test
  void noBatchIsExpectedWhileACompleteOneWaitsOrTheTopicIsClosed() {
    Outbox outbox = Rows.outbox(folder, 1);
    LiveLane live = new LiveLane(outbox, () -> Duration.ofSeconds(1), 60);
    sendNewest(live, 0);
    assertTrue(live.isExpected(300, 900));
    Rows.append(outbox);
    assertTrue(live.next(1000).isPresent());
    assertFalse(live.isExpected(300, 1000));
    sendNewest(live, 1000);
    assertTrue(live.isExpected(300, 1900));
    live.backoff().onAnswer(DeliveryOutcome.HOLD, 1000);
    assertFalse(live.isExpected(300, 1900));
  }

  private static void sendNewest(LiveLane live, long nowMs) {
    live.onConnected(nowMs);
    live.markSent(live.next(nowMs).orElseThrow(), nowMs);
  }
}
