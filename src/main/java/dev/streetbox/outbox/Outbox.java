package dev.streetbox.outbox;

import dev.streetbox.datadir.DamagedException;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Seqs;
import dev.streetbox.measure.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where three threads meet: the recorder brings rows, the publisher takes and acknowledges them,
 * the {@link Committer} makes durable what changed. Every method is safe for every thread and none
 * but {@link #read} touches the disk, so a slow or broken disk delays neither measuring nor the
 * live lane. Rows are in memory until they are durable, and a little longer.
 */
public final class Outbox {
  /** Two hours: what a box keeps while its disk refuses to. Beyond it the oldest are dropped. */
  static final int MEMORY_ROWS = 7200;

  /** Durable rows that stay in memory for the live lane and for the rows of an event. */
  static final int RECENT_ROWS = 120;

  private final int boot;
  private final Path dataDir;
  private final long holdMs;
  private final Ledger ledger;
  private final NavigableMap<Integer, Ledger> ledgers = new TreeMap<>();
  private final Memory memory;
  private final Events events = new Events();
  private int eventNumber;
  private Runnable bell = () -> {};

  /**
   * An empty outbox for a boot that holds nothing back; opens nothing.
   *
   * @param boot the number that {@link BootCounter} gave
   * @param dataDir where the {@link Committer} keeps the store
   */
  public Outbox(int boot, Path dataDir) {
    this(boot, dataDir, Duration.ZERO);
  }

  /**
   * An empty outbox for a boot; opens nothing.
   *
   * @param boot the number that {@link BootCounter} gave
   * @param dataDir where the {@link Committer} keeps the store
   * @param hold rows whose time is an estimate are not given out before the boot is this old
   */
  public Outbox(int boot, Path dataDir, Duration hold) {
    this(boot, dataDir, hold, new Memory(MEMORY_ROWS, RECENT_ROWS));
  }

  /** An outbox with a memory of another size. */
  Outbox(int boot, Path dataDir, Memory memory) {
    this(boot, dataDir, Duration.ZERO, memory);
  }

  private Outbox(int boot, Path dataDir, Duration hold, Memory memory) {
    this.boot = boot;
    this.dataDir = dataDir;
    this.holdMs = hold.toMillis();
    this.memory = memory;
    this.ledger = new Ledger(boot);
    ledgers.put(boot, ledger);
  }

  /** The boot that is running. */
  public int boot() {
    return boot;
  }

  /**
   * Has somebody woken by every row and event that comes; one bell replaces another.
   *
   * @param next runs on the thread that brings the row, and must neither wait nor come back here
   */
  public synchronized void ring(Runnable next) {
    bell = next;
  }

  /** The newest row's seq, 0 before the first. */
  public synchronized long newest() {
    return memory.newest();
  }

  /** The newest row that may be sent: 0 while this boot has no clock and the hold is not over. */
  public synchronized long newestToSend() {
    return isHeld(ledger) ? 0 : memory.newest();
  }

  private boolean isHeld(Ledger of) {
    return ledger.lastTickMs() < holdMs && ledger.isEstimated() && of.isEstimated();
  }

  /**
   * Takes the next row. Never waits for the disk.
   *
   * @throws IllegalArgumentException if it is not the row after the newest one of this boot, or
   *     nothing dates it: the first anchor comes before the first row
   */
  public synchronized void append(Row row) {
    if (row.boot() != boot || row.seq() != memory.newest() + 1 || ledger.anchors().isEmpty()) {
      throw new IllegalArgumentException(
          "row " + row.boot() + "/" + row.seq() + " after " + boot + "/" + memory.newest());
    }
    ledger.reach(row.seq(), row.tickMs());
    memory.add(row).ifPresent(gone -> ledger.drop(gone.seq(), gone.seq(), Reason.STORE_FAILED));
    bell.run();
  }

  /**
   * Takes a moment that dates this boot's rows, past and future. Every ten minutes will do. Where
   * it moves what may have been sent already, of this boot or of those before it that had no clock,
   * an event says so.
   */
  public synchronized void append(Anchor anchor) {
    if (anchor.boot() != boot) {
      throw new IllegalArgumentException("anchor of boot " + anchor.boot() + " in " + boot);
    }
    if (ledger.anchors().isEmpty()) {
      ledger.add(anchor);
      return;
    }
    Map<Ledger, Timeline> before = movable(ledgers);
    ledger.add(anchor);
    before.forEach(this::correct);
  }

  /** The boots whose times a new anchor may move, with what dates them now. */
  private Map<Ledger, Timeline> movable(NavigableMap<Integer, Ledger> among) {
    Map<Ledger, Timeline> timelines = new LinkedHashMap<>();
    among.values().stream()
        .filter(of -> of == ledger || of.isEstimated())
        .forEach(of -> timelines.put(of, Dating.of(among, of.boot())));
    return timelines;
  }

  private void correct(Ledger of, Timeline before) {
    Timeline now = timeline(of.boot());
    if (!of.isShown() || !now.corrects(before)) {
      return;
    }
    Map<String, Object> body = new TreeMap<>();
    body.put(Event.DATED_BOOT, of.boot());
    body.put("last", of.last());
    body.put("dated_t0", now.startMs());
    body.put("dated_tq", now.source(0).key());
    now.earliestStartMs().ifPresent(ms -> body.put("dated_t0_min", ms));
    now.latestStartMs().ifPresent(ms -> body.put("dated_t0_max", ms));
    append(Event.Kind.TIME, ledger.lastTickMs(), body);
  }

  /**
   * Takes an event; it is committed within a second or so, not at the next commit period.
   *
   * @param happenedMs when, on the boot's monotonic clock
   * @param body its fields by their contract names: text, numbers, booleans
   * @return the event with its number
   */
  public synchronized Event append(Event.Kind kind, long happenedMs, Map<String, Object> body) {
    Event event = new Event(boot, ++eventNumber, kind, happenedMs, memory.newest(), body);
    events.add(event);
    bell.run();
    return event;
  }

  /**
   * The oldest event that the broker does not have.
   *
   * @param except events in flight or put aside
   */
  public synchronized Optional<Event> nextEvent(Collection<Event> except) {
    ledgers.headMap(boot).values().forEach(this::tellOfTheDead);
    Optional<Event> next = events.next(except);
    next.ifPresent(event -> of(event.boot()).show());
    return next;
  }

  /** Drops of a boot that has no row left to send go by no batch: they become an event. */
  private void tellOfTheDead(Ledger dead) {
    List<Drop> untold = dead.untold();
    if (untold.isEmpty() || dead.open(dead.last()) > 0) {
      return;
    }
    for (Drop drop : untold) {
      append(
          Event.Kind.LOSS,
          ledger.lastTickMs(),
          Map.of(
              Event.LOST_BOOT,
              dead.boot(),
              "first",
              drop.range().first(),
              "last",
              drop.range().last(),
              "reason",
              drop.reason().key()));
      dead.tell(drop);
    }
  }

  /** The broker has this event. */
  public synchronized void acknowledge(Event event) {
    events.acknowledge(event);
  }

  /**
   * The lowest run of rows that the broker does not have, the oldest boot first; never of two
   * boots, and of none that {@link #newestToSend} holds back.
   *
   * @param upTo the highest row of this boot to consider: newer ones are the live lane's
   * @param except rows in flight or put aside
   * @param limit at most this many rows, from 1
   */
  public synchronized Optional<Range> nextBacklog(long upTo, Collection<Range> except, int limit) {
    return ledgers.values().stream()
        .filter(of -> !isHeld(of))
        .map(of -> of.nextOpen(of == ledger ? Math.min(upTo, of.last()) : of.last(), except, limit))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * Rows of one boot, from memory or through a read connection of its own, with what the backend
   * must be told of that boot. Rows that should be in the store and are not are dropped from now
   * on, as {@link Reason#STORE_DAMAGED}; a batch may therefore be empty, and is then not sent.
   *
   * @throws IOException if the store cannot be read now; nothing is dropped, try again later
   */
  public Batch read(Range range) throws IOException {
    List<Row> young = young(range);
    long oldest = young.isEmpty() ? range.last() + 1 : young.get(0).seq();
    List<Row> rows = new ArrayList<>();
    if (oldest > range.first()) {
      rows.addAll(stored(new Range(range.boot(), range.first(), oldest - 1)));
    }
    rows.addAll(young);
    return batch(range, rows);
  }

  private synchronized List<Row> young(Range range) {
    return range.boot() == boot ? memory.within(range) : List.of();
  }

  private List<Row> stored(Range range) throws IOException {
    try (StoreView view = StoreView.open(dataDir)) {
      return view.rows(range);
    } catch (DamagedException e) {
      // What cannot be read now never will be: the batch goes without, and says so.
      return List.of();
    }
  }

  private synchronized Batch batch(Range range, List<Row> rows) {
    Ledger of = of(range.boot());
    Seqs found = new Seqs(range.boot());
    rows.forEach(row -> found.add(row.seq(), row.seq()));
    found
        .gaps(range.first(), Math.min(range.last(), of.last()))
        .forEach(hole -> of.drop(hole.first(), hole.last(), Reason.STORE_DAMAGED));
    of.show();
    return new Batch(range, rows, Dating.of(ledgers, range.boot()), of.untold());
  }

  /**
   * The broker has these rows, and with them knows of these drops.
   *
   * @param told the drops of the batch that carried the rows
   */
  public synchronized void acknowledge(Range range, List<Drop> told) {
    Ledger of = of(range.boot());
    of.acknowledge(range.first(), range.last());
    told.forEach(of::tell);
  }

  /** What dates the rows and events of a boot. */
  public synchronized Timeline timeline(int ofBoot) {
    return Dating.of(ledgers, ofBoot);
  }

  /** How long a boot has lasted, as far as is known, in ms; 0 if it is not known. */
  public synchronized long lastTickMs(int ofBoot) {
    return of(ofBoot).lastTickMs();
  }

  /**
   * What {@code status} shows.
   *
   * @param boot the boot that is running
   * @param newest its newest row
   * @param unacknowledged rows of all boots that the broker does not have
   * @param uncommitted rows that only memory has
   * @param events events that the broker does not have
   * @param dropped rows given up, of all boots in the store
   */
  public record Status(
      int boot, long newest, long unacknowledged, long uncommitted, int events, long dropped) {}

  /** How deep it is, now. */
  public synchronized Status status() {
    return new Status(
        boot,
        memory.newest(),
        ledgers.values().stream().mapToLong(of -> of.open(of.last())).sum(),
        memory.uncommitted(),
        events.size(),
        ledgers.values().stream().mapToLong(Ledger::dropped).sum());
  }

  // What follows is the committer's.

  /** Whether something should not wait for the next commit period. */
  synchronized boolean urgent() {
    return !events.unsaved().isEmpty();
  }

  /** What the store does not have. */
  synchronized Commit pending() {
    return new Commit(
        memory.pending(),
        ledgers.values().stream().filter(Ledger::isDirty).map(Ledger::page).toList(),
        events.unsaved(),
        events.gone());
  }

  /** The store has this now. */
  synchronized void committed(Commit commit) {
    commit.rows().stream().mapToLong(Row::seq).max().ifPresent(memory::durable);
    commit.pages().forEach(page -> ledgers.get(page.boot()).saved(page));
    events.saved(commit);
  }

  /**
   * Takes over what the store has of earlier boots, and declares what those lost that did not end
   * as they should.
   *
   * @param expected boots that must have been; of one that the store does not know, all is lost
   * @param reason why the store does not know a boot
   */
  synchronized void adopt(Store.Content content, List<Integer> expected, Reason reason) {
    Map<Ledger, Timeline> before = movable(content.ledgers());
    ledgers.putAll(content.ledgers());
    before.forEach(this::correct);
    events.restore(content.events());
    for (int lost : expected) {
      if (!ledgers.containsKey(lost)) {
        ledgers.put(lost, new Ledger(lost));
        declare(lost, reason);
      }
    }
    content.ledgers().values().stream()
        .filter(of -> of.state() == Ledger.State.RUNNING)
        .forEach(of -> declare(of.boot(), Reason.POWER_CUT));
  }

  private void declare(int lost, Reason reason) {
    Ledger of = ledgers.get(lost);
    of.state(Ledger.State.CUT);
    append(
        Event.Kind.LOSS,
        ledger.lastTickMs(),
        Map.of(Event.LOST_BOOT, lost, "first", of.last() + 1, "reason", reason.key()));
  }

  /** The store is gone, and with it every row that memory does not have. */
  synchronized void forgotten() {
    long kept = memory.oldest();
    for (Ledger of : ledgers.values()) {
      long last = of == ledger ? kept - 1 : of.last();
      if (last > 0) {
        of.drop(1, last, Reason.STORE_DAMAGED);
      }
      of.forgotten();
    }
    memory.forgotten();
    events.forgotten();
  }

  /** The running boot ends, as it should. */
  synchronized void end() {
    ledger.state(Ledger.State.ENDED);
  }

  /** Gives up rows that will never be sent; the next batch of their boot, or an event, says so. */
  public synchronized void drop(Range range, Reason reason) {
    of(range.boot()).drop(range.first(), range.last(), reason);
  }

  /** The account of a boot; of one that is not known, an empty one that nobody keeps. */
  private Ledger of(int someBoot) {
    return ledgers.getOrDefault(someBoot, new Ledger(someBoot));
  }

  /** Rows that need not be sent any more, the oldest boot first. */
  synchronized List<Range> settled() {
    return ledgers.values().stream().flatMap(of -> of.settled().ranges().stream()).toList();
  }

  /** Earlier boots of which nothing is left to send or tell, from the oldest on without a gap. */
  synchronized List<Integer> finished() {
    return ledgers.headMap(boot).values().stream()
        .takeWhile(of -> of.isFinished() && !events.speakOf(of.boot()))
        .map(Ledger::boot)
        .toList();
  }

  /** The store has nothing of these boots any more. */
  synchronized void forget(List<Integer> boots) {
    boots.forEach(ledgers::remove);
  }

  /** Rows of this boot and of earlier ones that the store had and does not have. */
  synchronized long damagedRows() {
    return ledgers.values().stream().mapToLong(of -> of.dropped(Reason.STORE_DAMAGED)).sum();
  }
}
