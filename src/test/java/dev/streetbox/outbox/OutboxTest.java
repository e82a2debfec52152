package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  @TempDir private Path dir;

  @Test
  void rowsAreThereForTheLiveLaneBeforeAnyDiskHasSeenThem() throws IOException {
    Rig rig = new Rig(dir);
    rig.measure(3);
    Batch batch = rig.outbox.read(new Range(1, 2, 3));
    assertEquals(List.of(Rig.row(1, 2), Rig.row(1, 3)), batch.rows());
    assertEquals(3, rig.outbox.newest());
    assertEquals(3, rig.outbox.status().uncommitted());
  }

  @Test
  void aRowOutOfTurnIsABug() {
    Rig rig = new Rig(dir);
    rig.measure(1);
    Row again = Rig.row(1, 1);
    assertThrows(IllegalArgumentException.class, () -> rig.outbox.append(again));
    Row tooFar = Rig.row(1, 3);
    assertThrows(IllegalArgumentException.class, () -> rig.outbox.append(tooFar));
    Row otherBoot = Rig.row(2, 2);
    assertThrows(IllegalArgumentException.class, () -> rig.outbox.append(otherBoot));
  }

  @Test
  void aRowThatNothingDatesIsABug() {
    Outbox outbox = new Outbox(1, dir);
    Row row = Rig.row(1, 1);
    assertThrows(IllegalArgumentException.class, () -> outbox.append(row));
  }

  @Test
  void theBacklogIsTheLowestRunThatNobodyHasOrCarries() {
    Rig rig = new Rig(dir);
    rig.measure(100);
    Outbox outbox = rig.outbox;
    assertEquals(Optional.of(new Range(1, 1, 30)), outbox.nextBacklog(90, List.of(), 30));
    outbox.acknowledge(new Range(1, 1, 30), List.of());
    List<Range> inFlight = List.of(new Range(1, 31, 60), new Range(1, 91, 95));
    assertEquals(Optional.of(new Range(1, 61, 90)), outbox.nextBacklog(90, inFlight, 50));
    outbox.acknowledge(new Range(1, 61, 90), List.of());
    assertEquals(Optional.empty(), outbox.nextBacklog(90, inFlight, 50));
    assertEquals(Optional.of(new Range(1, 31, 60)), outbox.nextBacklog(90, List.of(), 50));
  }

  @Test
  void whileTheDiskDoesNotAnswerTheBacklogIsWhatMemoryHas() {
    RowReader reader = new RowReader(range -> List.of(), Duration.ZERO);
    RowBuffer buffer = new RowBuffer(100, 20);
    Outbox outbox = new Outbox(7, Duration.ZERO, reader, buffer);
    outbox.append(new Anchor(7, 0, 0, TimeSource.NTP, 50));
    for (long seq = 1; seq <= 50; seq++) {
      outbox.append(Rig.row(7, seq));
    }
    buffer.markDurable(50);
    assertEquals(Optional.of(new Range(7, 1, 40)), outbox.nextBacklog(50, List.of(), 40));
    reader.serve(); // no thread answers
    assertThrows(IOException.class, () -> outbox.read(new Range(7, 1, 40)));
    assertEquals(Optional.of(new Range(7, 31, 50)), outbox.nextBacklog(50, List.of(), 40));
    List<Range> inFlight = List.of(new Range(7, 31, 50));
    assertEquals(Optional.empty(), outbox.nextBacklog(50, inFlight, 40));
  }

  @Test
  void theBacklogOfEarlierBootsComesFirstAndIsNeverMixed() {
    Rig first = new Rig(dir);
    first.measure(25);
    first.committer.close();
    Rig second = new Rig(dir);
    second.measure(10);
    second.commit();
    assertEquals(Optional.of(new Range(1, 1, 25)), second.outbox.nextBacklog(10, List.of(), 1000));
    second.outbox.acknowledge(new Range(1, 1, 25), List.of());
    assertEquals(Optional.of(new Range(2, 1, 10)), second.outbox.nextBacklog(10, List.of(), 1000));
  }

  @Test
  void rowsAreReadFromDiskAndMemoryAlike() throws IOException {
    Rig rig = new Rig(dir);
    rig.measure(30);
    rig.commit();
    rig.measure(30);
    rig.commit();
    rig.measure(5);
    List<Row> rows = rig.outbox.read(new Range(1, 5, 65)).rows();
    assertEquals(61, rows.size());
    for (int i = 0; i < rows.size(); i++) {
      assertEquals(Rig.row(1, 5 + i), rows.get(i));
    }
  }

  @Test
  void rowsThatWereNeverMeasuredAreNoDrop() throws IOException {
    Rig rig = new Rig(dir);
    rig.measure(3);
    Batch batch = rig.outbox.read(new Range(1, 1, 10));
    assertEquals(3, batch.rows().size());
    assertEquals(List.of(), batch.drops());
    assertEquals(0, rig.outbox.status().dropped());
  }

  @Test
  void withoutAStoreTheNewestRowsAreReadAllTheSame() {
    Rig rig = new Rig(new StoreSettings(dir, Rig.PERIOD, Rig.MAX_BYTES, Rig.PERIOD), 50);
    rig.measure(80);
    assertEquals(Optional.of(new Range(1, 31, 80)), rig.outbox.nextBacklog(80, List.of(), 100));
    assertThrows(IOException.class, () -> rig.outbox.read(new Range(1, 1, 80)));
  }

  @Test
  void aFullMemoryDropsTheOldestAndTellsSoOnceAcknowledged() throws IOException {
    Rig rig = new Rig(new StoreSettings(dir, Rig.PERIOD, Rig.MAX_BYTES, Rig.PERIOD), 50);
    rig.measure(80);
    Drop drop = new Drop(new Range(1, 1, 30), Reason.STORE_FAILED);
    Batch batch = rig.outbox.read(new Range(1, 71, 80));
    assertEquals(List.of(drop), batch.drops());
    assertEquals(30, rig.outbox.status().dropped());
    rig.measure(5);
    rig.outbox.acknowledge(batch.range(), batch.drops());
    assertEquals(
        List.of(new Drop(new Range(1, 31, 35), Reason.STORE_FAILED)),
        rig.outbox.read(new Range(1, 81, 85)).drops());
  }

  @Test
  void rowsThatWereGivenUpInFlightAndArrivedAreNotDropped() throws IOException {
    Rig rig = new Rig(new StoreSettings(dir, Rig.PERIOD, Rig.MAX_BYTES, Rig.PERIOD), 50);
    rig.measure(60);
    rig.outbox.acknowledge(new Range(1, 5, 10), List.of());
    assertEquals(
        List.of(new Drop(new Range(1, 1, 4), Reason.STORE_FAILED)),
        rig.outbox.read(new Range(1, 60, 60)).drops());
  }

  @Test
  void eventsComeInOrderUntilTheBrokerHasThem() {
    Outbox outbox = new Rig(dir).outbox;
    Event report = outbox.append(Event.Kind.REPORT, 5, Map.of("text", "hole"));
    Event odour = outbox.append(Event.Kind.ODOUR, 6, Map.of());
    assertEquals(List.of(1, 2), List.of(report.number(), odour.number()));
    assertEquals(Optional.of(report), outbox.nextEvent(List.of()));
    assertEquals(Optional.of(odour), outbox.nextEvent(List.of(report)));
    outbox.acknowledge(report);
    assertEquals(Optional.of(odour), outbox.nextEvent(List.of()));
    outbox.acknowledge(odour);
    assertEquals(Optional.empty(), outbox.nextEvent(List.of()));
  }

  @Test
  void anEventKnowsTheRowThatWasTheNewest() {
    Rig rig = new Rig(dir);
    rig.measure(42);
    assertEquals(42, rig.outbox.append(Event.Kind.REPORT, 42_500, Map.of()).seq());
  }

  @Test
  void anEventOfAnEarlierBootIsSentByTheNext() {
    Rig first = new Rig(dir);
    Event report = first.outbox.append(Event.Kind.REPORT, 7, Map.of("text", "hole", "n", 3));
    first.committer.close();
    Rig second = new Rig(dir);
    second.commit();
    assertEquals(Optional.of(report), second.outbox.nextEvent(List.of()));
    assertEquals(1, second.outbox.status().events());
    second.outbox.acknowledge(report);
    second.committer.close();
    Rig third = new Rig(dir);
    third.commit();
    assertEquals(Optional.empty(), third.outbox.nextEvent(List.of()));
  }

  @Test
  void aBatchIsDatedByTheAnchorsOfItsBoot() throws IOException {
    Rig first = new Rig(dir);
    first.measure(3);
    first.committer.close();
    Rig second = new Rig(dir);
    second.commit();
    Batch batch = second.outbox.read(new Range(1, 1, 3));
    assertEquals(
        first.outbox.timeline(1).utcMs(2000), batch.timeline().utcMs(batch.rows().get(1).tickMs()));
    assertTrue(batch.drops().isEmpty());
  }

  @Test
  void theListenerIsCalledForEachRowAndEachEvent() {
    Rig rig = new Rig(dir);
    AtomicInteger calls = new AtomicInteger();
    rig.outbox.onNewRow(calls::incrementAndGet);
    rig.measure(2);
    assertEquals(2, calls.get());
    rig.outbox.append(Event.Kind.REPORT, 2_000, Map.of());
    assertEquals(3, calls.get());
  }

  @Test
  void theDurationOfABootIsTheTickOfItsLastRow() {
    Rig rig = new Rig(dir);
    rig.measure(3);
    assertEquals(3_000, rig.outbox.lastTickMs(1));
  }
}
