package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.outbox.Event;
import dev.streetbox.outbox.Outbox;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which event goes next, and with how many rows; the outbox has 40 rows and two reports. */
class EventLaneTest {
  private static final int ALL_ROWS = 30;

  @TempDir Path folder;
  private EventLane lane;
  private Event first;
  private Event second;
  private long lastId;

  @BeforeEach
  void twoReports() {
    Outbox outbox = Rows.outbox(folder, 40);
    lane = new EventLane(outbox);
    first = outbox.append(Event.Kind.REPORT, 40_000, Map.of());
    second = outbox.append(Event.Kind.REPORT, 40_500, Map.of());
  }

  private void assertNext(Event event, int rows) {
    assertEquals(Optional.of(event), lane.next(0));
    assertEquals(rows, lane.rows(event).size());
  }

  private long send(Event event) {
    lane.sent(++lastId, event);
    return lastId;
  }

  @Test
  void anEventThatIsRefusedGoesOnceWithoutItsRowsAndThenBlocksNoOther() {
    assertNext(first, ALL_ROWS);
    lane.answered(send(first), Fate.SPLIT, 0);
    assertNext(first, 0);
    lane.answered(send(first), Fate.SPLIT, 0);
    assertNext(second, ALL_ROWS);
  }

  @Test
  void anEventInFlightAtThreeLossesGoesWithoutItsRowsAndAtSixNoLonger() {
    for (int loss = 0; loss < 3; loss++) {
      assertNext(first, ALL_ROWS);
      send(first);
      lane.lost();
    }
    for (int loss = 3; loss < 6; loss++) {
      assertNext(first, 0);
      send(first);
      lane.lost();
    }
    assertNext(second, ALL_ROWS);
  }

  @Test
  void anEventInFlightIsNotSentTwice() {
    send(first);
    assertNext(second, ALL_ROWS);
    send(second);
    assertEquals(Optional.empty(), lane.next(0));
  }

  @Test
  void anEventThatTheBrokerHasIsGone() {
    lane.answered(send(first), Fate.DELIVERED, 0);
    assertNext(second, ALL_ROWS);
    lane.lost();
    assertNext(second, ALL_ROWS);
  }
}
