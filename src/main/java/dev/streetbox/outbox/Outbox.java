package dev.streetbox.outbox;

import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
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
  private final NavigableMap<Integer, Ledger> ledgers = new TreeMap<>();
  private final NavigableMap<Long, Row> memory = new TreeMap<>();
  private final List<Event> events = new ArrayList<>();
  private long newest;
  private long durable;
  private int eventNumber;

  /**
   * An empty outbox for a boot; opens nothing.
   *
   * @param boot the number that {@link BootCounter} gave
   * @param dataDir where the {@link Committer} keeps the store
   */
  public Outbox(int boot, Path dataDir) {
    this.boot = boot;
    this.dataDir = dataDir;
    ledgers.put(boot, new Ledger(boot));
  }

  /** The boot that is running. */
  public int boot() {
    return boot;
  }

  /** The newest row's seq, 0 before the first. */
  public synchronized long newest() {
    return newest;
  }

  /**
   * Takes the next row. Never waits for the disk.
   *
   * @throws IllegalArgumentException if it is not the row after the newest one of this boot, or
   *     nothing dates it: the first anchor comes before the first row
   */
  public synchronized void append(Row row) {
    if (row.boot() != boot || row.seq() != newest + 1 || ledger().anchors().isEmpty()) {
      throw new IllegalArgumentException(
          "row " + row.boot() + "/" + row.seq() + " after " + boot + "/" + newest);
    }
    newest = row.seq();
    memory.put(newest, row);
    ledger().reach(newest);
  }

  /** Takes a moment that dates this boot's rows, past and future. Every ten minutes will do. */
  public synchronized void append(Anchor anchor) {
    if (anchor.boot() != boot) {
      throw new IllegalArgumentException("anchor of boot " + anchor.boot() + " in " + boot);
    }
    ledger().add(anchor);
  }

  /**
   * Takes an event; it is committed within a second or so, not at the next commit period.
   *
   * @param body its fields by their contract names: text, numbers, booleans
   * @return the event with its number
   */
  public synchronized Event append(Event.Kind kind, long tickMs, Map<String, Object> body) {
    Event event = new Event(boot, ++eventNumber, kind, tickMs, newest, body);
    events.add(event);
    return event;
  }

  /**
   * The oldest event that the broker does not have.
   *
   * @param except events in flight or put aside
   */
  public synchronized Optional<Event> nextEvent(Collection<Event> except) {
    return events.stream().filter(event -> !except.contains(event)).findFirst();
  }

  /** The broker has this event. */
  public synchronized void acknowledge(Event event) {
    events.remove(event);
  }

  /**
   * The lowest run of rows that the broker does not have, the oldest boot first; never of two
   * boots.
   *
   * @param upTo the highest row of this boot to consider: newer ones are the live lane's
   * @param except rows in flight or put aside
   * @param limit at most this many rows, from 1
   */
  public synchronized Optional<Range> nextBacklog(long upTo, Collection<Range> except, int limit) {
    for (Ledger ledger : ledgers.values()) {
      long last = ledger.boot() == boot ? Math.min(upTo, newest) : ledger.last();
      Optional<Range> open = ledger.nextOpen(last, except, limit);
      if (open.isPresent()) {
        return open;
      }
    }
    return Optional.empty();
  }

  /**
   * Rows of one boot, from memory or through a read connection of its own, with what the backend
   * must be told of that boot. Rows that should be in the store and are not are dropped from now
   * on, as {@link Reason#STORE_DAMAGED}; a batch may therefore be empty, and is then not sent.
   *
   * @throws IOException if the store cannot be read now; nothing is dropped, try again later
   */
  public Batch read(Range range) throws IOException {
    synchronized (this) {
      List<Row> rows = List.copyOf(memory.subMap(range.first(), true, range.last(), true).values());
      return new Batch(range, rows, timeline(range.boot()), List.of());
    }
  }

  /**
   * The broker has these rows, and with them knows of these drops.
   *
   * @param told the drops of the batch that carried the rows
   */
  public synchronized void acknowledge(Range range, List<Drop> told) {
    Ledger ledger = ledgers.get(range.boot());
    if (ledger != null) {
      ledger.acknowledge(range.first(), range.last());
      told.forEach(ledger::tell);
    }
  }

  /** Gives up rows that will never be sent; the next batch of their boot says so. */
  public synchronized void drop(Range range, Reason reason) {
    Ledger ledger = ledgers.get(range.boot());
    if (ledger != null) {
      ledger.drop(range.first(), range.last(), reason);
    }
  }

  /** What dates the rows and events of a boot. */
  public synchronized Timeline timeline(int ofBoot) {
    return ledgers.getOrDefault(ofBoot, new Ledger(ofBoot)).timeline();
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
    long open = ledgers.values().stream().mapToLong(ledger -> ledger.open(ledger.last())).sum();
    long dropped =
        ledgers.values().stream()
            .flatMap(ledger -> ledger.drops().stream())
            .mapToLong(drop -> drop.range().size())
            .sum();
    return new Status(boot, newest, open, newest - durable, events.size(), dropped);
  }

  private Ledger ledger() {
    return ledgers.get(boot);
  }

  Path dataDir() {
    return dataDir;
  }
}
