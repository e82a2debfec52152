package dev.streetbox.outbox;

import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.TimeSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the account of one boot: its state, the fates of its rows, its anchors, and which of these
 * are not stored yet. Guarded by the {@link Outbox}.
 */
final class Ledger {
  /** The default commit period, by which an estimated end of a cut boot may be too early. */
  private static final long UNSAVED_MS = 10_000;

  private final int boot;
  private final RowFates fates;
  private final List<Anchor> anchors = new ArrayList<>();
  private BootState state;
  private long last;
  private long lastTickMs;
  private boolean sent;
  private int changes;
  private int markSaved;
  private int savedAnchors;

  /** Opens the account of a boot that is not stored yet. */
  Ledger(int boot) {
    this(boot, BootState.RUNNING, 0);
    changes++;
  }

  /** Opens the account of a stored boot, before its fates and anchors are restored. */
  Ledger(int boot, BootState state, long last) {
    this.boot = boot;
    this.state = state;
    this.last = last;
    this.fates = new RowFates(boot);
  }

  int boot() {
    return boot;
  }

  /** Returns the fates of the boot's rows. */
  RowFates fates() {
    return fates;
  }

  /** Returns the highest known seq, 0 if there is none. */
  long last() {
    return last;
  }

  /** Returns the tick of the newest row in ms; a lower bound if that is unknown, 0 without rows. */
  long lastTickMs() {
    return Math.max(lastTickMs, last * 1000); // there is a row a second at most
  }

  /** Notes that the boot has rows up to that seq at least. */
  void extendTo(long seq) {
    last = Math.max(last, seq);
  }

  /** Notes that the boot has rows up to that seq at least, whose second ended at that tick. */
  void extendTo(long seq, long tickMs) {
    extendTo(seq);
    lastTickMs = Math.max(lastTickMs, tickMs);
  }

  /** Returns for how many ms after its last known row the boot may have sent rows. */
  long unsavedMs() {
    return state == BootState.ENDED ? 0 : UNSAVED_MS;
  }

  /** Notes that rows or an event of the boot are sent with its present times. */
  void markSent() {
    sent = true;
  }

  /** Returns whether the backend may have times of this boot. */
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

  /** Returns whether the boot is over and nothing of it is left to send or declare. */
  boolean isFinished() {
    return state != BootState.RUNNING && open() == 0 && fates.isDeclared();
  }

  /** Returns what became of the rows within first to last. */
  RangeAccount account(long first, long last) {
    long known = Math.min(last, this.last);
    return new RangeAccount(
        this.last,
        state == BootState.CUT,
        fates.acknowledgedWithin(first, last),
        fates.openWithin(first, known),
        fates.dropsWithin(first, last));
  }

  /** Returns how many rows have no fate yet. */
  long open() {
    return fates.openCount(last);
  }

  void add(Anchor anchor) {
    anchors.add(anchor);
    changes++;
  }

  /** Restores a stored fate. */
  void restore(FateSpan span) {
    extendTo(span.range().last());
    fates.restore(span);
  }

  /** Restores a stored anchor. */
  void restore(Anchor anchor) {
    anchors.add(anchor);
    savedAnchors++;
  }

  List<Anchor> anchors() {
    return anchors;
  }

  /** Returns whether no clock was believed in this boot. */
  boolean isEstimated() {
    return anchors.stream().allMatch(anchor -> anchor.source() == TimeSource.EST);
  }

  /** Returns whether something is not stored yet. */
  boolean isDirty() {
    return changes() > markSaved;
  }

  private int changes() {
    return changes + fates.changes();
  }

  /** Returns what is not stored yet. */
  LedgerChanges unsaved() {
    List<Range> areas = fates.unsaved();
    return new LedgerChanges(
        boot,
        state,
        state == BootState.RUNNING ? 0 : last,
        areas,
        fates.spans(areas),
        List.copyOf(anchors.subList(savedAnchors, anchors.size())),
        changes());
  }

  /** Notes that these changes are stored. */
  void markSaved(LedgerChanges told) {
    if (told.changes() == changes()) {
      // Otherwise a fate has changed meanwhile, and the next commit replaces some spans once more.
      fates.markSaved();
    }
    markSaved = told.changes();
    savedAnchors += told.anchors().size();
  }

  /** Notes that the store is new and empty. */
  void storeLost() {
    savedAnchors = 0;
    markSaved = 0;
    fates.storeLost();
    changes++;
  }
}
