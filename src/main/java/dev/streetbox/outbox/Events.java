package dev.streetbox.outbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Keeps the events that the broker has not acknowledged, and which of them the store does not have.
 * Guarded by the {@link Outbox}.
 */
final class Events {
  /** Events of more than a year without a broker; beyond this the oldest are dropped. */
  private static final int CAPACITY = 10_000;

  private final Set<Event> unsent = new LinkedHashSet<>();
  private final Set<Event> unsaved = new LinkedHashSet<>();
  private final Set<Event> acknowledged = new LinkedHashSet<>();

  private EventListener listener =
      new EventListener() {
        @Override
        public void onStored(Event event) {
          // Nobody listens yet.
        }

        @Override
        public void onAcknowledged(Event event) {
          // Nobody listens yet.
        }
      };

  /** Sets who learns of the stages of events; it replaces the one set before. */
  void listen(EventListener next) {
    listener = next;
  }

  /** Returns whether an event is of or about that boot and needs the boot's anchors. */
  boolean referTo(int boot) {
    return unsent.stream().anyMatch(event -> event.boot() == boot || event.about() == boot);
  }

  int size() {
    return unsent.size();
  }

  void add(Event event) {
    if (unsent.size() >= CAPACITY) {
      drop(unsent.iterator().next());
    }
    unsent.add(event);
    unsaved.add(event);
  }

  /** Adds events of the store, which are older than all others, and reports them as stored. */
  void restore(List<Event> stored) {
    List<Event> newer = List.copyOf(unsent);
    unsent.clear();
    unsent.addAll(stored);
    unsent.addAll(newer);
    stored.forEach(listener::onStored);
  }

  /** Returns the oldest wanted event that is not excepted. */
  Optional<Event> next(Collection<Event> except, Predicate<Event> wanted) {
    return unsent.stream().filter(event -> !except.contains(event)).filter(wanted).findFirst();
  }

  /** Removes an event that the broker has; if the store has it too, the next commit deletes it. */
  void acknowledge(Event event) {
    if (!unsent.contains(event)) {
      return;
    }
    drop(event);
    listener.onAcknowledged(event);
  }

  private void drop(Event oldest) {
    unsent.remove(oldest);
    if (!unsaved.remove(oldest)) {
      acknowledged.add(oldest);
    }
  }

  /** Returns the events that the store does not have. */
  List<Event> unsaved() {
    return new ArrayList<>(unsaved);
  }

  /** Returns the stored events that the broker has acknowledged. */
  List<Event> acknowledged() {
    return new ArrayList<>(acknowledged);
  }

  /** Notes that a commit is durable. */
  void markSaved(Commit commit) {
    for (Event event : commit.events()) {
      // The event was acknowledged during the commit, so the next commit deletes it.
      if (unsaved.remove(event)) {
        listener.onStored(event);
      } else {
        acknowledged.add(event);
      }
    }
    commit.sent().forEach(acknowledged::remove);
  }

  /** Notes that the store is new and has no event. */
  void storeLost() {
    acknowledged.clear();
    unsaved.addAll(unsent);
  }
}
