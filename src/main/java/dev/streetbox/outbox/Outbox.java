package dev.streetbox.outbox;

import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  private final long holdMs;
  private final Ledgers ledgers;
  private final RowBuffer buffer;
  private final Events events = new Events();
  private final Declarations declarations;
  private final CommitQueue commitQueue;
  private final BatchReader batches;
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
    this(boot, dataDir, hold, new RowBuffer(MEMORY_ROWS, RECENT_ROWS));
  }

  /** An outbox with a memory of another size. */
  Outbox(int boot, Path dataDir, RowBuffer buffer) {
    this(boot, dataDir, Duration.ZERO, buffer);
  }

  private Outbox(int boot, Path dataDir, Duration hold, RowBuffer buffer) {
    this.boot = boot;
    this.holdMs = hold.toMillis();
    this.buffer = buffer;
    this.ledgers = new Ledgers(boot);
    this.declarations =
        new Declarations(
            ledgers, (kind, body) -> append(kind, ledgers.running().lastTickMs(), body));
    this.batches = new BatchReader(this, ledgers, buffer, dataDir);
    this.commitQueue = new CommitQueue(this, ledgers, buffer, events, declarations);
  }

  /** The boot that is running. */
  public int boot() {
    return boot;
  }

  /** What the committer takes and brings back. */
  CommitQueue commitQueue() {
    return commitQueue;
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
    return buffer.newest();
  }

  /** The newest row that may be sent: 0 while this boot has no clock and the hold is not over. */
  public synchronized long newestToSend() {
    return isHeld(ledgers.running()) ? 0 : buffer.newest();
  }

  private boolean isHeld(Ledger of) {
    Ledger running = ledgers.running();
    return running.lastTickMs() < holdMs && running.isEstimated() && of.isEstimated();
  }

  /**
   * Takes the next row. Never waits for the disk.
   *
   * @throws IllegalArgumentException if it is not the row after the newest one of this boot, or
   *     nothing dates it: the first anchor comes before the first row
   */
  public synchronized void append(Row row) {
    Ledger ledger = ledgers.running();
    if (row.boot() != boot || row.seq() != buffer.newest() + 1 || ledger.anchors().isEmpty()) {
      throw new IllegalArgumentException(
          "row " + row.boot() + "/" + row.seq() + " after " + boot + "/" + buffer.newest());
    }
    ledger.reach(row.seq(), row.tickMs());
    buffer
        .add(row)
        .ifPresent(gone -> ledger.fates().drop(gone.seq(), gone.seq(), Reason.STORE_FAILED));
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
    Ledger ledger = ledgers.running();
    if (ledger.anchors().isEmpty()) {
      ledger.add(anchor);
      return;
    }
    Map<Ledger, Timeline> before = ledgers.movable();
    ledger.add(anchor);
    declarations.declareCorrections(before);
  }

  /**
   * Takes an event; it is committed within a second or so, not at the next commit period.
   *
   * @param happenedMs when, on the boot's monotonic clock
   * @param body its fields by their contract names: text, numbers, booleans
   * @return the event with its number
   */
  public synchronized Event append(Event.Kind kind, long happenedMs, Map<String, Object> body) {
    Event event = new Event(boot, ++eventNumber, kind, happenedMs, buffer.newest(), body);
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
    declarations.declareDropsOfFinishedBoots();
    Optional<Event> next = events.next(except);
    next.ifPresent(event -> ledgers.of(event.boot()).markSent());
    return next;
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
    return ledgers.all().stream()
        .filter(of -> !isHeld(of))
        .map(of -> of.fates().nextOpen(lastToSend(of, upTo), except, limit))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private long lastToSend(Ledger of, long upTo) {
    return of == ledgers.running() ? Math.min(upTo, of.last()) : of.last();
  }

  /**
   * Rows of one boot, from memory or through a read connection of its own, with what the backend
   * must be told of that boot. Rows that should be in the store and are not are dropped from now
   * on, as {@link Reason#STORE_DAMAGED}; a batch may therefore be empty, and is then not sent.
   *
   * @throws IOException if the store cannot be read now; nothing is dropped, try again later
   */
  public Batch read(Range range) throws IOException {
    return batches.read(range);
  }

  /**
   * The broker has these rows, and with them knows of these drops.
   *
   * @param told the drops of the batch that carried the rows
   */
  public synchronized void acknowledge(Range range, List<Drop> told) {
    RowFates fates = ledgers.of(range.boot()).fates();
    fates.acknowledge(range.first(), range.last());
    told.forEach(fates::tell);
  }

  /** What dates the rows and events of a boot. */
  public synchronized Timeline timeline(int ofBoot) {
    return ledgers.timeline(ofBoot);
  }

  /** How long a boot has lasted, as far as is known, in ms; 0 if it is not known. */
  public synchronized long lastTickMs(int ofBoot) {
    return ledgers.of(ofBoot).lastTickMs();
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
        buffer.newest(),
        ledgers.unacknowledged(),
        buffer.uncommitted(),
        events.size(),
        ledgers.dropped());
  }

  /** Gives up rows that will never be sent; the next batch of their boot, or an event, says so. */
  public synchronized void drop(Range range, Reason reason) {
    ledgers.of(range.boot()).fates().drop(range.first(), range.last(), reason);
  }
}
