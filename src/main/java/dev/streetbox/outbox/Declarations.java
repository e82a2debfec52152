package dev.streetbox.outbox;

import dev.streetbox.measure.Timeline;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Makes the events that tell the backend what batches do not: rows that were lost, and times that
 * were corrected. Guarded by the {@link Outbox}.
 */
final class Declarations {
  private final Ledgers ledgers;
  private final BiConsumer<Event.Kind, Map<String, Object>> append;

  /**
   * Declares what these ledgers tell.
   *
   * @param append takes the kind and the body of each event
   */
  Declarations(Ledgers ledgers, BiConsumer<Event.Kind, Map<String, Object>> append) {
    this.ledgers = ledgers;
    this.append = append;
  }

  /** Declares the drops of earlier boots that have no row left to send: no batch carries them. */
  void declareDropsOfFinishedBoots() {
    ledgers.earlier().stream().filter(of -> of.open() == 0).forEach(this::declareDrops);
  }

  private void declareDrops(Ledger of) {
    List<Drop> untold = of.fates().untold();
    for (Drop drop : untold) {
      append.accept(
          Event.Kind.LOSS,
          Map.of(
              Event.LOST_BOOT,
              of.boot(),
              "first",
              drop.range().first(),
              "last",
              drop.range().last(),
              "reason",
              drop.reason().key()));
      of.fates().tell(drop);
    }
  }

  /** Declares that a boot ended unseen, and that rows after its last durable one may be lost. */
  void declareCut(Ledger of, Reason reason) {
    of.state(BootState.CUT);
    append.accept(
        Event.Kind.LOSS,
        Map.of(Event.LOST_BOOT, of.boot(), "first", of.last() + 1, "reason", reason.key()));
  }

  /** Declares the times of boots whose rows were sent with others. */
  void declareCorrections(Map<Ledger, Timeline> before) {
    before.forEach(this::declareCorrection);
  }

  private void declareCorrection(Ledger of, Timeline before) {
    Timeline now = ledgers.timeline(of.boot());
    if (!of.isSent() || !now.corrects(before)) {
      return;
    }
    Map<String, Object> body = new TreeMap<>();
    body.put(Event.DATED_BOOT, of.boot());
    body.put("last", of.last());
    body.put("dated_t0", now.startMs());
    body.put("dated_tq", now.source(0).key());
    now.earliestStartMs().ifPresent(ms -> body.put("dated_t0_min", ms));
    now.latestStartMs().ifPresent(ms -> body.put("dated_t0_max", ms));
    append.accept(Event.Kind.TIME, body);
  }
}
