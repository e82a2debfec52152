package dev.streetbox.publish;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.mqtt.DeliveryOutcome;
import dev.streetbox.outbox.Event;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which event to send next: the oldest, ahead of all rows. One that the broker refuses is tried
 * once more without its rows, and then left alone until the next start, so that it blocks no other.
 * Used by one thread.
 */
final class EventLane {
  /** The rows that an event carries (the contract). */
  private static final int ROWS = 30;

  /** What is not about a place on the road. */
  private static final Set<Event.Kind> WITHOUT_ROWS = EnumSet.of(Event.Kind.LOSS, Event.Kind.TIME);

  /** In flight at so many losses, it is sent without its rows; at twice as many, no longer. */
  private static final int PATIENCE = 3;

  private final Outbox outbox;
  private final TopicBackoff backoff = new TopicBackoff();
  private final Map<Long, Event> flights = new LinkedHashMap<>();
  private final Map<Event, Integer> blame = new HashMap<>();

  EventLane(Outbox outbox) {
    this.outbox = outbox;
  }

  /** The event to send now, if any. */
  Optional<Event> next(long nowMs) {
    return backoff.isOpen(nowMs) ? outbox.nextEvent(excepted()) : Optional.empty();
  }

  /** Whether it is only a matter of time until there is more to send. */
  boolean isWaiting(long nowMs) {
    return !backoff.isOpen(nowMs);
  }

  /** The rows to send with it: the last ones before it, none if they are not to be had. */
  List<Row> rows(Event event) {
    if (event.seq() < 1 || WITHOUT_ROWS.contains(event.kind()) || blamed(event) >= PATIENCE) {
      return List.of();
    }
    try {
      long first = Math.max(1, event.seq() - ROWS + 1);
      return outbox.read(new Range(event.boot(), first, event.seq())).rows();
    } catch (IOException e) {
      return List.of(); // The report matters more than what was measured around it.
    }
  }

  /** The event has gone. */
  void sent(long id, Event event) {
    flights.put(id, event);
  }

  /**
   * The broker has answered.
   *
   * @return whether it was an event
   */
  boolean answered(long id, DeliveryOutcome outcome, long nowMs) {
    Optional<Event> flight = Optional.ofNullable(flights.remove(id));
    flight.ifPresent(
        event -> {
          backoff.answered(outcome, nowMs);
          if (outcome == DeliveryOutcome.DELIVERED) {
            outbox.acknowledge(event);
            blame.remove(event);
          } else if (outcome == DeliveryOutcome.SPLIT) {
            refused(event);
          }
        });
    return flight.isPresent();
  }

  /** The event is not accepted as it is: without its rows the next time, then no more. */
  void refused(Event event) {
    blame.merge(event, PATIENCE, Integer::sum);
  }

  /** The connection is gone. */
  void lost() {
    flights.values().forEach(event -> blame.merge(event, 1, Integer::sum));
    flights.clear();
  }

  private int blamed(Event event) {
    return blame.getOrDefault(event, 0);
  }

  private Set<Event> excepted() {
    return Stream.concat(
            flights.values().stream(),
            blame.keySet().stream().filter(event -> blamed(event) >= 2 * PATIENCE))
        .collect(Collectors.toSet());
  }
}
