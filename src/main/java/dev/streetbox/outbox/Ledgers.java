package dev.streetbox.outbox;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Timeline;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps the ledgers of the running boot and of the earlier boots of which something is left.
 * Guarded by the {@link Outbox}.
 */
final class Ledgers {
  private final Ledger running;
  private final NavigableMap<Integer, Ledger> byBoot = new TreeMap<>();

  private boolean adopted;

  /** Begins with the running boot alone. */
  Ledgers(int boot) {
    this.running = new Ledger(boot);
    byBoot.put(boot, running);
  }

  Ledger running() {
    return running;
  }

  /** Returns the ledger of a boot; for an unknown boot a new one that is not kept. */
  Ledger of(int boot) {
    return byBoot.getOrDefault(boot, new Ledger(boot));
  }

  /** Returns the ledgers of the boots before the running one, the oldest first. */
  Collection<Ledger> earlier() {
    return byBoot.headMap(running.boot()).values();
  }

  /** Returns all ledgers, the oldest boot first. */
  Collection<Ledger> all() {
    return byBoot.values();
  }

  /** Returns the timeline of a boot. */
  Timeline timeline(int boot) {
    return TimelineResolver.of(byBoot, boot);
  }

  /** Returns the timelines of the boots whose times a new anchor may correct. */
  Map<Ledger, Timeline> correctable() {
    return correctable(byBoot);
  }

  private Map<Ledger, Timeline> correctable(NavigableMap<Integer, Ledger> among) {
    Map<Ledger, Timeline> timelines = new LinkedHashMap<>();
    among.values().stream()
        .filter(of -> of == running || of.isEstimated())
        .forEach(of -> timelines.put(of, TimelineResolver.of(among, of.boot())));
    return timelines;
  }

  /**
   * Adds the ledgers of a store.
   *
   * @return the ledgers whose times this may have corrected, with their timelines before
   */
  Map<Ledger, Timeline> adopt(NavigableMap<Integer, Ledger> stored) {
    Map<Ledger, Timeline> before = correctable(stored);
    byBoot.putAll(stored);
    adopted = true;
    return before;
  }

  /** Returns whether the ledgers of a store were added, so that the earlier boots are known. */
  boolean areAdopted() {
    return adopted;
  }

  /** Returns the ledger of a boot, if there is one. */
  Optional<Ledger> known(int boot) {
    return Optional.ofNullable(byBoot.get(boot));
  }

  /** Opens a ledger for a boot that the store does not have; empty if there is one already. */
  Optional<Ledger> open(int boot) {
    return byBoot.containsKey(boot)
        ? Optional.empty()
        : Optional.of(byBoot.computeIfAbsent(boot, Ledger::new));
  }

  /** Removes the ledgers of boots of which nothing is left. */
  void remove(Collection<Integer> boots) {
    boots.forEach(byBoot::remove);
  }

  /** Returns how many rows of all boots the broker does not have. */
  long unacknowledged() {
    return all().stream().mapToLong(Ledger::open).sum();
  }

  /** Returns how many rows of all boots were dropped. */
  long dropped() {
    return all().stream().mapToLong(of -> of.fates().dropped()).sum();
  }

  /** Returns how many rows of all boots were dropped for that reason. */
  long dropped(Reason reason) {
    return all().stream().mapToLong(of -> of.fates().dropped(reason)).sum();
  }

  /** Returns the rows that need not be sent any more, the oldest boot first. */
  List<Range> settled() {
    return all().stream().flatMap(of -> of.fates().settled().stream()).toList();
  }

  /** Returns the changes that are not stored yet. */
  List<LedgerChanges> unsaved() {
    return all().stream().filter(Ledger::isDirty).map(Ledger::unsaved).toList();
  }

  /** Notes that these changes are stored. */
  void markSaved(List<LedgerChanges> told) {
    told.forEach(changes -> byBoot.get(changes.boot()).markSaved(changes));
  }

  /**
   * Drops every row that only the lost store had.
   *
   * @param kept the oldest row of the running boot that is in memory
   */
  void storeLost(long kept) {
    for (Ledger of : all()) {
      long last = of == running ? kept - 1 : of.last();
      if (last > 0) {
        of.fates().drop(1, last, Reason.STORE_DAMAGED);
      }
      of.storeLost();
    }
  }
}
