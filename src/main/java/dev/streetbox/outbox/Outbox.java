package dev.streetbox.outbox;

import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Queues rows and events between three threads: the recorder appends rows, the publisher reads and
 * acknowledges them, and the {@link Committer} makes changes durable. Every method is safe for
 * every thread. Only {@link #read} accesses the disk, so that a slow or broken disk delays neither
 * measuring nor the live lane. Rows stay in memory until they are durable, and a little longer.
 */
public final class Outbox {
  /** Rows kept without a working disk: two hours. Beyond this the oldest are dropped. */
  public static final int MEMORY_ROWS = 7200;

  /** Durable rows that stay in memory for the live lane and for the rows of an event. */
  static final int RECENT_ROWS = 120;

  private final int boot;
  private final long holdMs;
  private final Ledgers ledgers;
  private final RowBuffer buffer;
  private final Events events = new Events();
  private final Declarations declarations;
  private final CommitQueue commitQueue;
  private final RowReader reader;
  private final BatchReader batches;
  private int eventNumber;
  private Runnable newRowListener = () -> {};

  /**
   * Makes an empty outbox for a boot, without a hold; opens nothing.
   *
   * @param boot the number that {@link BootCounter} gave
   * @param dataDir where the {@link Committer} keeps the store
   */
  public Outbox(int boot, Path dataDir) {
    this(boot, dataDir, Duration.ZERO);
  }

  /**
   * Makes an empty outbox for a boot; opens nothing.
   *
   * @param boot the number that {@link BootCounter} gave
   * @param dataDir where the {@link Committer} keeps the store
   * @param hold rows whose time is an estimate are not sent before the boot is this old
   */
  public Outbox(int boot, Path dataDir, Duration hold) {
    this(boot, hold, new RowReader(dataDir), new RowBuffer(MEMORY_ROWS, RECENT_ROWS));
  }

  /** Makes an outbox with a buffer of another size, for tests. */
  Outbox(int boot, Path dataDir, RowBuffer buffer) {
    this(boot, Duration.ZERO, new RowReader(dataDir), buffer);
  }

  /** Makes an outbox with another reader and buffer, for tests. */
  Outbox(int boot, Duration hold, RowReader reader, RowBuffer buffer) {
    this.boot = boot;
    this.holdMs = hold.toMillis();
    this.buffer = buffer;
    this.ledgers = new Ledgers(boot);
    this.declarations =
        new Declarations(
            ledgers, (kind, body) -> append(kind, ledgers.running().lastTickMs(), body));
    this.reader = reader;
    this.batches = new BatchReader(this, ledgers, buffer, reader);
    this.commitQueue = new CommitQueue(this, ledgers, buffer, events, declarations);
  }

  /** Returns the running boot. */
  public int boot() {
    return boot;
  }

  /** Returns the reader of the stored rows, for which a thread may be started. */
  public RowReader reader() {
    return reader;
  }

  /** Returns the committer's view of this outbox. */
  CommitQueue commitQueue() {
    return commitQueue;
  }

  /**
   * Sets what is called after each new row or event; it replaces the one set before.
   *
   * @param next runs on the thread that appends, and must neither wait nor call this outbox
   */
  public synchronized void onNewRow(Runnable next) {
    newRowListener = next;
  }

  /** Sets who learns of the stages of events; it replaces the one set before. */
  public synchronized void onEvent(EventListener listener) {
    events.listen(listener);
  }

  /** Returns the newest row's seq, 0 before the first. */
  public synchronized long newest() {
    return buffer.newest();
  }

  /** Returns the newest row that may be sent; 0 while this boot has no clock and is held. */
  public synchronized long newestToSend() {
    return isHeld(ledgers.running()) ? 0 : buffer.newest();
  }

  private boolean isHeld(Ledger of) {
    Ledger running = ledgers.running();
    return running.lastTickMs() < holdMs && running.isEstimated() && of.isEstimated();
  }

  /**
   * Appends the next row. Never waits for the disk.
   *
   * @throws IllegalArgumentException if the row is not the one after the newest of this boot, or
   *     this boot has no anchor yet
   */
  public synchronized void append(Row row) {
    Ledger ledger = ledgers.running();
    if (row.boot() != boot || row.seq() != buffer.newest() + 1 || ledger.anchors().isEmpty()) {
      throw new IllegalArgumentException(
          "row " + row.boot() + "/" + row.seq() + " after " + boot + "/" + buffer.newest());
    }
    ledger.extendTo(row.seq(), row.tickMs());
    buffer
        .add(row)
        .ifPresent(gone -> ledger.fates().drop(gone.seq(), gone.seq(), Reason.STORE_FAILED));
    newRowListener.run();
  }

  /**
   * Appends an anchor, which dates this boot's rows, past and future; one every ten minutes is
   * enough. If an anchor corrects times that may have been sent already, of this boot or of earlier
   * boots without a clock, an event declares the correction.
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
    Map<Ledger, Timeline> before = ledgers.correctable();
    ledger.add(anchor);
    declarations.declareCorrections(before);
  }

  /**
   * Appends an event, which is committed within about a second instead of a commit period.
   *
   * @param happenedMs when, on the boot's monotonic clock
   * @param body its fields by their contract names: text, numbers, booleans
   * @return the event with its number
   */
  public synchronized Event append(Event.Kind kind, long happenedMs, Map<String, Object> body) {
    Event event =
        new Event(boot, ++eventNumber, kind, happenedMs, buffer.newestAt(happenedMs), body);
    events.add(event);
    newRowListener.run();
    return event;
  }

  /**
   * Returns the oldest event that the broker has not acknowledged.
   *
   * @param except events in flight or put aside
   */
  public synchronized Optional<Event> nextEvent(Collection<Event> except) {
    return nextEvent(except, any -> true);
  }

  /**
   * As {@link #nextEvent(Collection)}, of some events only.
   *
   * @param wanted selects events
   */
  public synchronized Optional<Event> nextEvent(Collection<Event> except, Predicate<Event> wanted) {
    declarations.declareDropsOfFinishedBoots();
    Optional<Event> next = events.next(except, wanted);
    next.ifPresent(event -> ledgers.of(event.boot()).markSent());
    return next;
  }

  /** Removes an event that the broker has acknowledged. */
  public synchronized void acknowledge(Event event) {
    events.acknowledge(event);
  }

  /**
   * Returns the lowest run of unacknowledged rows, the oldest boot first; always of one boot, and
   * never of a boot that {@link #newestToSend} holds. While the disk does not answer, only rows in
   * memory are returned.
   *
   * @param upTo the highest row of this boot to consider: newer rows belong to the live lane
   * @param except rows in flight or put aside
   * @param limit at most this many rows, from 1
   */
  public synchronized Optional<Range> nextBacklog(long upTo, Collection<Range> except, int limit) {
    return nextBacklog(upTo, except, limit, any -> true);
  }

  /**
   * As {@link #nextBacklog(long, Collection, int)}, of some boots only.
   *
   * @param wanted selects boots by their numbers
   */
  public synchronized Optional<Range> nextBacklog(
      long upTo, Collection<Range> except, int limit, IntPredicate wanted) {
    boolean inMemoryOnly = reader.isBlocked();
    List<Range> excluded = new ArrayList<>(except);
    if (inMemoryOnly && buffer.oldest() > 1) {
      excluded.add(new Range(boot, 1, buffer.oldest() - 1));
    }
    return ledgers.all().stream()
        .filter(of -> !isHeld(of))
        .filter(of -> wanted.test(of.boot()))
        .filter(of -> !inMemoryOnly || of == ledgers.running())
        .map(of -> of.fates().nextOpen(lastToSend(of, upTo), excluded, limit))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private long lastToSend(Ledger of, long upTo) {
    return of == ledgers.running() ? Math.min(upTo, of.last()) : of.last();
  }

  /**
   * Reads rows of one boot from memory, or from the store through a read connection of its own,
   * with the drops to declare for that boot. Rows that should be in the store and are missing are
   * dropped as {@link Reason#STORE_DAMAGED}; a batch may therefore be empty, and is then not sent.
   *
   * @throws IOException if the store cannot be read now; nothing is dropped, and a later call may
   *     succeed
   */
  public Batch read(Range range) throws IOException {
    return batches.read(range);
  }

  /**
   * Reads rows of one boot that the broker has, to send them once more. Drops nothing and declares
   * nothing.
   *
   * @return the lowest consecutive rows of the range that can be read, with their range; without a
   *     row and with the range as it is if none can
   * @throws IOException if the store cannot be read now
   */
  public Batch readAgain(Range range) throws IOException {
    return batches.readAgain(range);
  }

  /**
   * Returns what became of the rows of a range; empty if the boot has no account, because it never
   * was or because nothing of it is left.
   *
   * @throws IOException if the accounts of earlier boots are not read yet
   */
  public synchronized Optional<RangeAccount> account(Range range) throws IOException {
    if (range.boot() != boot && !ledgers.areAdopted()) {
      throw new IOException("the store is not open");
    }
    return ledgers.known(range.boot()).map(of -> of.account(range.first(), range.last()));
  }

  /** Returns the boots that have an account, the oldest first. */
  public synchronized List<Integer> boots() {
    return ledgers.all().stream().map(Ledger::boot).toList();
  }

  /**
   * Returns which rows of some ranges of one boot can be read, in the store or in memory.
   *
   * @param ranges disjoint, the lowest first
   * @param limit ends the search after that many rows
   * @throws IOException if the store cannot be read now
   */
  public List<Range> stored(List<Range> ranges, long limit) throws IOException {
    return batches.stored(ranges, limit);
  }

  /**
   * Notes that the broker has acknowledged rows, and that the backend knows the drops sent with
   * them.
   *
   * @param told the drops of the batch that carried the rows
   */
  public synchronized void acknowledge(Range range, List<Drop> told) {
    RowFates fates = ledgers.of(range.boot()).fates();
    fates.acknowledge(range.first(), range.last());
    told.forEach(fates::markDeclared);
  }

  /** Returns the timeline that dates the rows and events of a boot. */
  public synchronized Timeline timeline(int ofBoot) {
    return ledgers.timeline(ofBoot);
  }

  /** Returns the known duration of a boot in ms; 0 if it is not known. */
  public synchronized long lastTickMs(int ofBoot) {
    return ledgers.of(ofBoot).lastTickMs();
  }

  /**
   * Counts rows and events, for {@code status}.
   *
   * @param boot the boot that is running
   * @param newest its newest row
   * @param unacknowledged rows of all boots that the broker does not have
   * @param uncommitted rows that only memory has
   * @param events events that the broker does not have
   * @param dropped rows given up, of all boots in the store
   */
  public record OutboxStatus(
      int boot, long newest, long unacknowledged, long uncommitted, int events, long dropped) {}

  /** Returns the present counts. */
  public synchronized OutboxStatus status() {
    return new OutboxStatus(
        boot,
        buffer.newest(),
        ledgers.unacknowledged(),
        buffer.uncommitted(),
        events.size(),
        ledgers.dropped());
  }

  /** Returns how many rows of each boot the broker does not have; only boots with some. */
  public synchronized Map<Integer, Long> unacknowledgedByBoot() {
    return ledgers.all().stream()
        .filter(of -> of.open() > 0)
        .collect(Collectors.toMap(Ledger::boot, Ledger::open));
  }

  /** Drops rows for good; the next batch of their boot, or an event, declares them. */
  public synchronized void drop(Range range, Reason reason) {
    ledgers.of(range.boot()).fates().drop(range.first(), range.last(), reason);
  }
}
