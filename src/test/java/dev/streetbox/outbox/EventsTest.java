package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventsTest {
  private final Events events = new Events();

  private static Event report(int boot, int number) {
    return new Event(boot, number, Event.Kind.REPORT, 5, 0, Map.of());
  }

  private static Commit commit(List<Event> stored, List<Event> deleted) {
    return new Commit(List.of(), List.of(), stored, deleted);
  }

  @Test
  void anEventThatWasSentBeforeItWasStoredIsNeverStored() {
    events.add(report(1, 1));
    events.acknowledge(report(1, 1));
    assertEquals(List.of(), events.unsaved());
    assertEquals(List.of(), events.acknowledged());
    assertEquals(0, events.size());
  }

  @Test
  void anEventThatWasStoredAndSentIsDeletedOnce() {
    events.add(report(1, 1));
    events.markSaved(commit(events.unsaved(), List.of()));
    events.acknowledge(report(1, 1));
    events.acknowledge(report(1, 1));
    assertEquals(List.of(report(1, 1)), events.acknowledged());
    events.markSaved(commit(List.of(), events.acknowledged()));
    assertEquals(List.of(), events.acknowledged());
  }

  @Test
  void anEventThatWasSentWhileItWasBeingStoredIsDeletedTheNextTime() {
    events.add(report(1, 1));
    Commit running = commit(events.unsaved(), List.of());
    events.acknowledge(report(1, 1));
    events.markSaved(running);
    assertEquals(List.of(report(1, 1)), events.acknowledged());
    assertEquals(List.of(), events.unsaved());
  }

  @Test
  void storedEventsComeBeforeThoseOfThisBootAndAreNotStoredAgain() {
    events.add(report(2, 1));
    events.restore(List.of(report(1, 3), report(1, 4)));
    assertEquals(Optional.of(report(1, 3)), events.next(List.of(), any -> true));
    assertEquals(
        Optional.of(report(2, 1)), events.next(List.of(report(1, 4), report(1, 3)), any -> true));
    assertEquals(List.of(report(2, 1)), events.unsaved());
    assertEquals(3, events.size());
  }

  @Test
  void aNewStoreIsToldEveryEventThatIsLeftAndNeedsToDeleteNone() {
    events.restore(List.of(report(1, 1), report(1, 2)));
    events.acknowledge(report(1, 1));
    events.storeLost();
    assertEquals(List.of(), events.acknowledged());
    assertEquals(List.of(report(1, 2)), events.unsaved());
  }

  @Test
  void anEventRefersToItsBootAndToTheOneItIsAbout() {
    events.add(new Event(5, 1, Event.Kind.LOSS, 0, 0, Map.of(Event.LOST_BOOT, 3)));
    events.add(new Event(6, 1, Event.Kind.TIME, 0, 0, Map.of(Event.DATED_BOOT, 2)));
    for (int boot : List.of(2, 3, 5, 6)) {
      assertTrue(events.referTo(boot), "boot " + boot);
    }
    assertFalse(events.referTo(4));
    events.acknowledge(events.next(List.of(), any -> true).orElseThrow());
    assertFalse(events.referTo(3));
    assertFalse(events.referTo(5));
  }

  @Test
  void ofMoreThanTenThousandTheOldestGo() {
    for (int number = 1; number <= 10_000; number++) {
      events.add(report(1, number));
    }
    events.markSaved(commit(events.unsaved(), List.of()));
    assertEquals(10_000, events.size());
    events.add(report(1, 10_001));
    assertEquals(10_000, events.size());
    assertEquals(Optional.of(report(1, 2)), events.next(List.of(), any -> true));
    assertEquals(List.of(report(1, 1)), events.acknowledged());
  }

  @Test
  void anEventIsTheSameReadBack() {
    Event before =
        new Event(1, 2, Event.Kind.ODOUR, 3, 4, Map.of("n", 3, "x", 1.5, "text", "é", "b", true));
    Event after =
        new Event(1, 2, Event.Kind.ODOUR, 3, 4, Map.of("b", true, "n", 3L, "x", 1.5, "text", "é"));
    assertEquals(after, before);
    assertEquals(1, before.about());
  }

  @Test
  void aListenerLearnsOfEachStageOnce() {
    List<String> stages = new ArrayList<>();
    events.listen(
        new EventListener() {
          @Override
          public void onStored(Event event) {
            stages.add("stored " + event.number());
          }

          @Override
          public void onAcknowledged(Event event) {
            stages.add("acknowledged " + event.number());
          }
        });
    events.add(report(1, 1));
    events.add(report(1, 2));
    events.markSaved(commit(List.of(report(1, 1)), List.of()));
    events.acknowledge(report(1, 1));
    events.acknowledge(report(1, 1));
    events.acknowledge(report(1, 2));
    events.markSaved(commit(List.of(report(1, 2)), List.of()));
    assertEquals(List.of("stored 1", "acknowledged 1", "acknowledged 2"), stages);
  }
}
