package dev.streetbox.outbox;

import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.TimeSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The account of one boot: how it went, what became of its rows, what dates them, and what of that
 * the store does not know. Guarded by the {@link Outbox} it is in.
 */
final class Ledger {
  /** The commit period, if nobody has changed it: estimates keep that distance, no more. */
  private static final long UNSAVED_MS = 10_000;

  private final int boot;
  private final RowFates fates;
  private final List<Anchor> anchors = new ArrayList<>();
  private BootState state;
  private long last;
  private long lastTickMs;
  private boolean sent;
  private int changes;
  private int saved;
  private int savedAnchors;

  /** Opens the account of a boot that no store knows yet. */
  Ledger(int boot) {
    this(boot, BootState.RUNNING, 0);
    changes++;
  }

  /** Opens the account of a boot as a store has it, before its fates and anchors. */
  Ledger(int boot, BootState state, long last) {
    this.boot = boot;
    this.state = state;
    this.last = last;
    this.fates = new RowFates(boot);
  }

  int boot() {
    return boot;
  }

  /** Returns what became of the boot's rows. */
  RowFates fates() {
    return fates;
  }

  /** Returns the highest row known, 0 if there is none. */
  long last() {
    return last;
  }

  /** Returns the tick of the highest row that is known with its tick, 0 if there is none. */
  long lastTickMs() {
    return Math.max(lastTickMs, last * 1000); // there is a row a second at most
  }

  /** Notes that the boot has rows up to that one at least. */
  void reach(long seq) {
    last = Math.max(last, seq);
  }

  /** Notes that the boot has rows up to that one at least, which ended at that tick. */
  void reach(long seq, long tickMs) {
    reach(seq);
    lastTickMs = Math.max(lastTickMs, tickMs);
  }

  /** Returns for how much longer, in ms, it may have made rows that were sent and not stored. */
  long unsavedMs() {
    return state == BootState.ENDED ? 0 : UNSAVED_MS;
  }

  /** Notes that rows or an event of it are being sent, with the times of now. */
  void markSent() {
    sent = true;
  }

  /** Tells whether the backend may have times of this boot. */
  boolean isSent() {
    return sent || fates.acknowledged() > 0;
  }

  BootState state() {
    return state;
  }

  void state(BootState next) {
    state = next;
    changes++;
  }

  /** Tells whether nothing of it is left to send or to tell. */
  boolean isFinished() {
    return state != BootState.RUNNING && open() == 0 && fates.untold().isEmpty();
  }

  /** Returns how many of its rows have no fate yet. */
  long open() {
    return fates.open(last).stream().mapToLong(Range::size).sum();
  }

  void add(Anchor anchor) {
    anchors.add(anchor);
    changes++;
  }

  /** Takes over a fate from the store. */
  void restore(FateSpan span) {
    reach(span.range().last());
    fates.restore(span);
  }

  /** Takes over an anchor from the store. */
  void restore(Anchor anchor) {
    anchors.add(anchor);
    savedAnchors++;
  }

  List<Anchor> anchors() {
    return anchors;
  }

  /** Tells whether no clock was trusted in this boot. */
  boolean isEstimated() {
    return anchors.stream().allMatch(anchor -> anchor.source() == TimeSource.EST);
  }

  /** Tells whether there is something that the store has not been told. */
  boolean isDirty() {
    return changes() > saved;
  }

  private int changes() {
    return changes + fates.changes();
  }

  /** Returns what the store must be told. */
  LedgerChanges unsaved() {
    return new LedgerChanges(
        boot,
        state,
        state == BootState.RUNNING ? 0 : last,
        fates.spans(),
        List.copyOf(anchors.subList(savedAnchors, anchors.size())),
        changes());
  }

  /** Notes that the store has been told this. */
  void saved(LedgerChanges told) {
    saved = told.changes();
    savedAnchors += told.anchors().size();
  }

  /** Notes that there is a new store, which has been told nothing. */
  void storeLost() {
    savedAnchors = 0;
    saved = 0;
    changes++;
  }
}
