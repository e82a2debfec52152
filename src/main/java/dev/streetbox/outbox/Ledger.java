package dev.streetbox.outbox;

import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Seqs;
import dev.streetbox.measure.TimeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The account of one boot: what became of its rows, and what dates them. A row has one fate at
 * most; rows without a fate are still to be sent. Guarded by the {@link Outbox} it is in.
 */
final class Ledger {
  /** How a boot went. */
  enum State {
    /** It goes on, or ended without anybody seeing it. */
    RUNNING,
    /** It ended as it should: all its rows are durable. */
    ENDED,
    /** It was cut off, and the loss is declared. */
    CUT
  }

  /**
   * Rows of one fate.
   *
   * @param range which
   * @param fate {@link #ACKNOWLEDGED} or the key of a {@link Reason}
   * @param told whether the backend knows, for dropped rows
   */
  record Span(Range range, String fate, boolean told) {}

  /**
   * What the store must be told of a ledger.
   *
   * @param boot the boot
   * @param state how it went
   * @param last its last row once it is over, 0 while it goes on
   * @param spans every fate
   * @param anchors those that the store does not have
   * @param changes the last change that this tells of
   */
  record Page(
      int boot, State state, long last, List<Span> spans, List<Anchor> anchors, int changes) {}

  static final String ACKNOWLEDGED = "acknowledged";

  /** The commit period, if nobody has changed it: estimates keep that distance, no more. */
  private static final long UNSAVED_MS = 10_000;

  private final int boot;
  private final Seqs settled;
  private final Seqs acknowledged;
  private final Map<Reason, Seqs> untold = new EnumMap<>(Reason.class);
  private final Map<Reason, Seqs> told = new EnumMap<>(Reason.class);
  private final List<Anchor> anchors = new ArrayList<>();
  private State state;
  private long last;
  private long lastTickMs;
  private boolean shown;
  private int changes;
  private int saved;
  private int savedAnchors;

  /** The account of a boot that no store knows yet. */
  Ledger(int boot) {
    this(boot, State.RUNNING, 0);
    changes++;
  }

  /** The account of a boot as a store has it, before its fates and anchors. */
  Ledger(int boot, State state, long last) {
    this.boot = boot;
    this.state = state;
    this.last = last;
    this.settled = new Seqs(boot);
    this.acknowledged = new Seqs(boot);
  }

  int boot() {
    return boot;
  }

  /** The highest row known, 0 if there is none. */
  long last() {
    return last;
  }

  /** The tick of the highest row that is known with its tick, 0 if there is none. */
  long lastTickMs() {
    return Math.max(lastTickMs, last * 1000); // there is a row a second at most
  }

  /** The boot has rows up to that one at least. */
  void reach(long seq) {
    last = Math.max(last, seq);
  }

  /** The boot has rows up to that one at least, which ended at that tick. */
  void reach(long seq, long tickMs) {
    reach(seq);
    lastTickMs = Math.max(lastTickMs, tickMs);
  }

  /** How much longer it may have been, with rows that were sent and are not durable. */
  long unsavedMs() {
    return state == State.ENDED ? 0 : UNSAVED_MS;
  }

  /** Somebody was given rows or an event to send, with the times of now. */
  void show() {
    shown = true;
  }

  /** Whether the backend may have times of this boot. */
  boolean isShown() {
    return shown || acknowledged.size() > 0;
  }

  State state() {
    return state;
  }

  void state(State next) {
    state = next;
    changes++;
  }

  /** The broker has these rows; if they had been given up meanwhile, they are found again. */
  void acknowledge(long first, long lastSeq) {
    acknowledged.add(first, lastSeq);
    settled.add(first, lastSeq);
    untold.values().forEach(seqs -> seqs.remove(first, lastSeq));
    told.values().forEach(seqs -> seqs.remove(first, lastSeq));
    changes++;
  }

  /** Gives up those of the rows that have no fate yet. */
  void drop(long first, long lastSeq, Reason reason) {
    for (Range gap : settled.gaps(first, lastSeq)) {
      seqs(untold, reason).add(gap.first(), gap.last());
    }
    settled.add(first, lastSeq);
    changes++;
  }

  /** The backend knows of this drop, or of what is left of it. */
  void tell(Drop drop) {
    Seqs open = seqs(untold, drop.reason());
    for (Range part : open.within(drop.range().first(), drop.range().last())) {
      open.remove(part.first(), part.last());
      seqs(told, drop.reason()).add(part.first(), part.last());
      changes++;
    }
  }

  /** Takes over a fate from the store. */
  void restore(Span span) {
    Range range = span.range();
    reach(range.last());
    settled.add(range.first(), range.last());
    Optional<Reason> reason = Reason.of(span.fate());
    if (reason.isPresent()) {
      seqs(span.told() ? told : untold, reason.get()).add(range.first(), range.last());
    } else {
      acknowledged.add(range.first(), range.last());
    }
  }

  /** All fates, as they are stored. */
  List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    acknowledged.ranges().forEach(range -> spans.add(new Span(range, ACKNOWLEDGED, false)));
    untold.forEach((reason, seqs) -> add(spans, seqs, reason, false));
    told.forEach((reason, seqs) -> add(spans, seqs, reason, true));
    return spans;
  }

  private static void add(List<Span> spans, Seqs seqs, Reason reason, boolean told) {
    seqs.ranges().forEach(range -> spans.add(new Span(range, reason.key(), told)));
  }

  /** What the backend has not been told yet. */
  List<Drop> untold() {
    List<Drop> drops = new ArrayList<>();
    untold.forEach(
        (reason, seqs) -> seqs.ranges().forEach(range -> drops.add(new Drop(range, reason))));
    return drops;
  }

  /** Everything dropped, told or not. */
  List<Drop> drops() {
    List<Drop> drops = untold();
    told.forEach(
        (reason, seqs) -> seqs.ranges().forEach(range -> drops.add(new Drop(range, reason))));
    return drops;
  }

  /** How many rows were dropped. */
  long dropped() {
    return settled.size() - acknowledged.size();
  }

  /** How many rows were dropped for that reason. */
  long dropped(Reason reason) {
    return seqs(untold, reason).size() + seqs(told, reason).size();
  }

  /** Whether nothing of it is left to send or to tell. */
  boolean isFinished() {
    return state != State.RUNNING && open(last) == 0 && untold().isEmpty();
  }

  Seqs acknowledged() {
    return acknowledged;
  }

  Seqs settled() {
    return settled;
  }

  /** How many rows up to that one have no fate yet. */
  long open(long upTo) {
    return settled.gaps(1, upTo).stream().mapToLong(Range::size).sum();
  }

  /** The lowest run up to that row that has no fate and is not excepted, at most limit rows. */
  Optional<Range> nextOpen(long upTo, Collection<Range> except, int limit) {
    Seqs taken = new Seqs(boot);
    except.stream().filter(r -> r.boot() == boot).forEach(r -> taken.add(r.first(), r.last()));
    for (Optional<Range> gap = settled.firstGap(1, upTo);
        gap.isPresent();
        gap = settled.firstGap(gap.get().last() + 1, upTo)) {
      Optional<Range> free = taken.firstGap(gap.get().first(), gap.get().last());
      if (free.isPresent()) {
        long first = free.get().first();
        return Optional.of(new Range(boot, first, Math.min(free.get().last(), first + limit - 1)));
      }
    }
    return Optional.empty();
  }

  void add(Anchor anchor) {
    anchors.add(anchor);
    changes++;
  }

  /** Takes over an anchor from the store. */
  void restore(Anchor anchor) {
    anchors.add(anchor);
    savedAnchors++;
  }

  List<Anchor> anchors() {
    return anchors;
  }

  /** Whether no clock was trusted in this boot. */
  boolean isEstimated() {
    return anchors.stream().allMatch(anchor -> anchor.source() == TimeSource.EST);
  }

  private Seqs seqs(Map<Reason, Seqs> map, Reason reason) {
    return map.computeIfAbsent(reason, r -> new Seqs(boot));
  }

  /** Whether there is something that the store has not been told. */
  boolean isDirty() {
    return changes > saved;
  }

  /** What the store must be told. */
  Page page() {
    return new Page(
        boot,
        state,
        state == State.RUNNING ? 0 : last,
        spans(),
        List.copyOf(anchors.subList(savedAnchors, anchors.size())),
        changes);
  }

  /** The store has been told this. */
  void saved(Page page) {
    saved = page.changes();
    savedAnchors += page.anchors().size();
  }

  /** There is a new store, which has been told nothing. */
  void forgotten() {
    savedAnchors = 0;
    saved = 0;
    changes++;
  }
}
