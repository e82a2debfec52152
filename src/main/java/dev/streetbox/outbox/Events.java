package dev.streetbox.outbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The events that the broker does not have, and what the store does not know of them. Guarded by
 * the {@link Outbox} it is in.
 */
final class Events {
  /** More than a year of a box that never reaches its broker; then the oldest go. */
  private static final int CAPACITY = 10_000;

  private final Set<Event> unsent = new LinkedHashSet<>();
  private final Set<Event> unsaved = new LinkedHashSet<>();
  private final Set<Event> gone = new LinkedHashSet<>();

  /** Whether there is one of or about that boot, which its boot's anchors date. */
  boolean referTo(int boot) {
    return unsent.stream().anyMatch(event -> event.boot() == boot || event.about() == boot);
  }

  int size() {
    return unsent.size();
  }

  void add(Event event) {
    if (unsent.size() >= CAPACITY) {
      acknowledge(unsent.iterator().next());
    }
    unsent.add(event);
    unsaved.add(event);
  }

  /** Takes over what was stored: older than anything here. */
  void restore(List<Event> stored) {
    List<Event> newer = List.copyOf(unsent);
    unsent.clear();
    unsent.addAll(stored);
    unsent.addAll(newer);
  }

  /** The oldest that is not excepted. */
  Optional<Event> next(Collection<Event> except) {
    return unsent.stream().filter(event -> !except.contains(event)).findFirst();
  }

  /** The broker has it: one that the store never had need not be stored. */
  void acknowledge(Event event) {
    if (unsent.remove(event) && !unsaved.remove(event)) {
      gone.add(event);
    }
  }

  /** Those that the store does not have. */
  List<Event> unsaved() {
    return new ArrayList<>(unsaved);
  }

  /** Those that the store has and need not. */
  List<Event> gone() {
    return new ArrayList<>(gone);
  }

  /** The store knows. */
  void saved(Commit commit) {
    for (Event event : commit.events()) {
      // Acknowledged while it was being stored: it is to be deleted next time.
      if (!unsaved.remove(event)) {
        gone.add(event);
      }
    }
    commit.sent().forEach(gone::remove);
  }

  /** There is a new store, which has none of them. */
  void storeLost() {
    gone.clear();
    unsaved.addAll(unsent);
  }
}
