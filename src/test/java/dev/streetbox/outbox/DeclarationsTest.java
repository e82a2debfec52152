package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The events that an outbox makes itself, and what it holds back while it has no clock. */
class DeclarationsTest {
  private static final long MORNING_MS = 1_795_420_800_000L;
  private static final Path NOWHERE = Path.of("/nonexistent");

  private final Outbox outbox = new Outbox(3, NOWHERE, Duration.ofSeconds(60));

  private static Anchor anchor(int boot, long tickMs, long startMs, TimeSource source) {
    return new Anchor(boot, tickMs, startMs + tickMs, source, 10_000);
  }

  private void measure(int rows) {
    for (int i = 0; i < rows; i++) {
      outbox.append(Rig.row(3, outbox.newest() + 1));
    }
  }

  /** A boot that had no clock, of 100 rows, which ended as it should. */
  private static Ledger estimated(int boot, long startMs) {
    Ledger ledger = new Ledger(boot, BootState.ENDED, 100);
    ledger.restore(anchor(boot, 0, startMs, TimeSource.EST));
    return ledger;
  }

  private void adopt(Ledger... stored) {
    NavigableMap<Integer, Ledger> ledgers = new TreeMap<>();
    for (Ledger ledger : stored) {
      ledgers.put(ledger.boot(), ledger);
    }
    outbox
        .commitQueue()
        .adopt(
            new StoreContent(ledgers, List.of()),
            List.of(),
            boot -> Reason.POWER_CUT,
            boot -> Reason.POWER_CUT);
  }

  private List<Event> events() {
    List<Event> events = new ArrayList<>();
    for (Optional<Event> next = outbox.nextEvent(events);
        next.isPresent();
        next = outbox.nextEvent(events)) {
      events.add(next.get());
    }
    return events;
  }

  @Test
  void withoutAClockRowsAreHeldBackUntilTheBootIsOldEnough() {
    outbox.append(anchor(3, 0, MORNING_MS, TimeSource.EST));
    measure(59);
    assertEquals(0, outbox.newestToSend());
    assertEquals(Optional.empty(), outbox.nextBacklog(59, List.of(), 100));
    measure(1);
    assertEquals(60, outbox.newestToSend());
    assertEquals(Optional.of(new Range(3, 1, 60)), outbox.nextBacklog(60, List.of(), 100));
  }

  @Test
  void aTrustedClockEndsTheHoldAtOnce() {
    outbox.append(anchor(3, 0, MORNING_MS, TimeSource.EST));
    measure(5);
    outbox.append(anchor(3, 5_000, MORNING_MS, TimeSource.NTP));
    assertEquals(5, outbox.newestToSend());
  }

  @Test
  void theHoldKeepsEarlierBootsWithoutAClockBackAndNoOthers() {
    Ledger dated = new Ledger(2, BootState.ENDED, 50);
    dated.restore(anchor(2, 0, MORNING_MS - 600_000, TimeSource.GNSS));
    outbox.append(anchor(3, 0, MORNING_MS, TimeSource.EST));
    measure(5);
    adopt(estimated(1, MORNING_MS - 900_000), dated);
    assertEquals(Optional.of(new Range(2, 1, 50)), outbox.nextBacklog(5, List.of(), 100));
    outbox.append(anchor(3, 5_000, MORNING_MS, TimeSource.NTP));
    assertEquals(Optional.of(new Range(1, 1, 100)), outbox.nextBacklog(5, List.of(), 100));
  }

  @Test
  void timesThatNobodyWasSentAreCorrectedSilently() {
    outbox.append(anchor(3, 0, MORNING_MS, TimeSource.EST));
    measure(5);
    outbox.append(anchor(3, 5_000, MORNING_MS + 86_400_000, TimeSource.GNSS));
    assertEquals(List.of(), events());
  }

  @Test
  void timesThatWereSentAreCorrectedByAnEvent() throws Exception {
    outbox.append(anchor(3, 0, MORNING_MS, TimeSource.EST));
    measure(70);
    outbox.read(new Range(3, 1, 70));
    outbox.append(anchor(3, 70_000, MORNING_MS + 86_400_000, TimeSource.GNSS));
    Event time = events().get(0);
    assertEquals(Event.Kind.TIME, time.kind());
    assertEquals(70_000, time.tickMs());
    assertEquals(
        Map.of(
            "dated_boot",
            3L,
            "last",
            70L,
            "rev",
            1L,
            "dated_t0",
            MORNING_MS + 86_400_000,
            "dated_tq",
            "gnss"),
        time.body());
    assertEquals(1, events().size());
  }

  @Test
  void aLaterCorrectionOfABootHasAGreaterRevision() throws Exception {
    outbox.append(anchor(3, 0, MORNING_MS, TimeSource.EST));
    measure(70);
    outbox.read(new Range(3, 1, 70));
    outbox.append(anchor(3, 70_000, MORNING_MS + 86_400_000, TimeSource.NTP));
    outbox.append(anchor(3, 71_000, MORNING_MS + 172_800_000, TimeSource.GNSS));
    List<Object> revisions = events().stream().map(event -> event.body().get("rev")).toList();
    assertEquals(List.of(1L, 2L), revisions);
  }

  @Test
  void aStepBelowThatOfALeapSecondCorrectsNothing() throws Exception {
    outbox.append(anchor(3, 0, MORNING_MS, TimeSource.NTP));
    measure(70);
    outbox.read(new Range(3, 1, 70));
    outbox.append(anchor(3, 70_000, MORNING_MS + Anchor.STEP_MS, TimeSource.NTP));
    assertEquals(List.of(), events());
  }

  @Test
  void aClockThatComesLateBoundsTheEarlierBootsThatHadNone() {
    Ledger sent = estimated(1, MORNING_MS + 3_600_000);
    sent.restore(FateSpan.acknowledged(new Range(1, 1, 20)));
    outbox.append(anchor(3, 0, MORNING_MS + 7_200_000, TimeSource.EST));
    adopt(sent, estimated(2, MORNING_MS + 4_000_000));
    outbox.append(anchor(3, 5_000, MORNING_MS, TimeSource.GNSS));
    List<Event> events = events();
    assertEquals(1, events.size(), "of boot 2 nobody was sent a time");
    Map<String, Object> body = events.get(0).body();
    assertEquals(1L, body.get("dated_boot"));
    assertEquals(100L, body.get("last"));
    assertEquals(2_000_001L, body.get("rev"));
    assertEquals("est", body.get("dated_tq"));
    assertEquals(MORNING_MS - 200_000, body.get("dated_t0_max"));
    assertEquals(MORNING_MS - 200_000, body.get("dated_t0"));
    assertEquals(
        Math.min(MORNING_MS + 3_600_000 - 10_000, MORNING_MS - 200_000), body.get("dated_t0_min"));
  }

  @Test
  void dropsOfABootWithRowsLeftGoWithItsBatches() {
    outbox.append(anchor(3, 0, MORNING_MS, TimeSource.NTP));
    adopt(estimated(1, MORNING_MS - 900_000));
    outbox.drop(new Range(1, 1, 99), Reason.REFUSED);
    assertEquals(List.of(), events());
    outbox.drop(new Range(1, 100, 100), Reason.STORE_FULL);
    assertEquals(
        List.of(
            Map.of("lost_boot", 1L, "first", 100L, "last", 100L, "reason", "store_full"),
            Map.of("lost_boot", 1L, "first", 1L, "last", 99L, "reason", "refused")),
        events().stream().map(Event::body).toList());
    assertEquals(2, events().size());
  }

  @Test
  void dropsOfTheRunningBootGoWithItsBatchesEvenIfNoneIsLeft() {
    outbox.append(anchor(3, 0, MORNING_MS, TimeSource.NTP));
    measure(2);
    outbox.drop(new Range(3, 1, 2), Reason.REFUSED);
    assertEquals(List.of(), events());
  }

  @Test
  void ofABootThatGoesOnInTheStoreThePowerWasCut() {
    outbox.append(anchor(3, 0, MORNING_MS, TimeSource.NTP));
    Ledger cut = new Ledger(1, BootState.RUNNING, 0);
    cut.extendTo(40, 40_000);
    adopt(cut, estimated(2, MORNING_MS - 300_000));
    assertEquals(
        List.of(Map.of("lost_boot", 1L, "first", 41L, "reason", "power_cut")),
        events().stream().map(Event::body).toList());
    assertEquals(BootState.CUT, cut.state());
  }

  @Test
  void aBootThatTheStoreDoesNotKnowIsLostAsAWhole() {
    outbox.append(anchor(3, 0, MORNING_MS, TimeSource.NTP));
    NavigableMap<Integer, Ledger> ledgers = new TreeMap<>(Map.of(1, estimated(1, MORNING_MS)));
    outbox
        .commitQueue()
        .adopt(
            new StoreContent(ledgers, List.of()),
            List.of(1, 2),
            boot -> Reason.STORE_DAMAGED,
            boot -> Reason.POWER_CUT);
    assertEquals(
        List.of(Map.of("lost_boot", 2L, "first", 1L, "reason", "store_damaged")),
        events().stream().map(Event::body).toList());
  }
}
