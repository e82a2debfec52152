package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.outbox.Event;
import dev.streetbox.publish.PlainNames;
import dev.streetbox.report.ReportStates;
import dev.streetbox.report.ReportStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTrackerTest {
  private final ReportStates states = new ReportStates(() -> 5);
  private int changes;
  private final ReportTracker tracker =
      new ReportTracker(new PlainNames("sb-1"), states, () -> changes++);

  private static Event report(int number, long tickMs) {
    return new Event(4, number, Event.Kind.REPORT, tickMs, 0, Map.of());
  }

  @Test
  void aReportIsKeptOnceItIsOnTheDiskAndSentOnceItIsAcknowledged() {
    tracker.onMade(report(2, 100), "ref");
    tracker.update();
    assertEquals(List.of(), states.list());
    assertEquals(0, changes);
    tracker.onStored(report(2, 100));
    assertTrue(tracker.isWaiting());
    tracker.update();
    assertFalse(tracker.isWaiting());
    assertEquals(
        List.of(new ReportStates.Entry("sb-1-4-2", ReportStatus.KEPT, 5, 5, false, "ref")),
        states.list());
    tracker.onAcknowledged(report(2, 100));
    tracker.update();
    assertEquals(ReportStatus.SENT, states.list().get(0).status());
    assertEquals(2, changes, "each change is to be saved");
  }

  @Test
  void aReportThatWasNeverStoredIsSentAllTheSame() {
    tracker.onAcknowledged(report(3, 100));
    tracker.update();
    assertEquals(ReportStatus.SENT, states.list().get(0).status());
  }

  @Test
  void otherEventsHaveNoState() {
    tracker.onStored(new Event(4, 1, Event.Kind.ODOUR, 1, 0, Map.of()));
    tracker.onStored(new Event(4, 2, Event.Kind.REPORT, 1, 0, Map.of(Event.CANCELLED, 1L)));
    tracker.update();
    assertEquals(List.of(), states.list());
  }

  @Test
  void theLastReportIsTakenBackOnceAlsoBeforeItIsStored() {
    tracker.onMade(report(1, 100), "");
    tracker.onMade(report(2, 200), "");
    assertEquals(Optional.empty(), tracker.cancel(201));
    assertEquals(Optional.of(report(2, 200)), tracker.cancel(200));
    assertEquals(Optional.empty(), tracker.cancel(0));
    tracker.update();
    tracker.onStored(report(2, 200));
    tracker.update();
    assertTrue(states.list().get(0).cancelled());
  }
}
