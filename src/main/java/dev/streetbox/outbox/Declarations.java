package dev.streetbox.outbox;

import dev.streetbox.measure.Timeline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Makes the events that declare lost rows and corrected times, which no batch can carry. Guarded by
 * the {@link Outbox}.
 */
final class Declarations {
  /** The distance of the revisions of two boots that correct the same boot. */
  private static final long BOOT_REVISIONS = 1_000_000;

  private final Ledgers ledgers;
  private final BiConsumer<Event.Kind, Map<String, Object>> append;

  /** The number of corrections that the running boot has declared of each boot. */
  private final Map<Integer, Long> corrections = new HashMap<>();

  /**
   * Declares losses and corrections of these ledgers.
   *
   * @param append takes the kind and the body of each event
   */
  Declarations(Ledgers ledgers, BiConsumer<Event.Kind, Map<String, Object>> append) {
    this.ledgers = ledgers;
    this.append = append;
  }

  /** Declares the drops of earlier boots without unsent rows, because no batch carries them. */
  void declareDropsOfFinishedBoots() {
    ledgers.earlier().stream().filter(of -> of.open() == 0).forEach(this::declareDrops);
  }

  private void declareDrops(Ledger of) {
    List<Drop> untold = of.fates().undeclared();
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
      of.fates().markDeclared(drop);
    }
  }

  /** Declares that a boot was cut off, and that rows after its last durable row may be lost. */
  void declareCut(Ledger of, Reason reason) {
    of.state(BootState.CUT);
    append.accept(
        Event.Kind.LOSS,
        Map.of(Event.LOST_BOOT, of.boot(), "first", of.last() + 1, "reason", reason.key()));
  }

  /** Declares the corrected times of boots whose rows were sent with other times. */
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
    body.put("rev", nextRevision(of.boot()));
    body.put("dated_t0", now.startMs());
    body.put("dated_tq", now.source(0).key());
    now.earliestStartMs().ifPresent(ms -> body.put("dated_t0_min", ms));
    now.latestStartMs().ifPresent(ms -> body.put("dated_t0_max", ms));
    append.accept(Event.Kind.TIME, body);
  }

  /**
   * Returns a number greater than that of each earlier correction of the boot: later boots of the
   * box correct with greater numbers, since no boot corrects one boot a million times.
   */
  private long nextRevision(int boot) {
    long later = (long) ledgers.running().boot() - boot;
    return later * BOOT_REVISIONS + corrections.merge(boot, 1L, Long::sum);
  }
}
