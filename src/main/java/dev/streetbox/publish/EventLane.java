package dev.streetbox.publish;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.mqtt.ConnectionFailure;
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
 * Selects the event to send next: the oldest, before all rows. An event that the broker refuses is
 * sent once more without its rows, and then every five minutes, so that it blocks no other. Used by
 * one thread.
 */
final class EventLane {
  /** The number of rows that an event carries (contract, "An event"). */
  private static final int ROWS = 30;

  /** The kinds of events that are not about a place on the road. */
  private static final Set<Event.Kind> WITHOUT_ROWS = EnumSet.of(Event.Kind.LOSS, Event.Kind.TIME);

  /**
   * The number of losses with the event in flight after which it is sent without its rows; from
   * twice as many on it waits after each loss.
   */
  private static final int LOSS_LIMIT = 3;

  private final Outbox outbox;
  private final PublishedNames names;
  private final OtherIds others;
  private final TopicBackoff backoff = new TopicBackoff();
  private final Map<Long, Event> inFlight = new LinkedHashMap<>();

  /** The losses with an event in flight; a refusal counts as {@link #LOSS_LIMIT}. */
  private final Map<Event, Integer> lossCounts = new HashMap<>();

  /** The tick (ms) until which an event waits. */
  private final Map<Event, Long> waitUntilMs = new HashMap<>();

  EventLane(Outbox outbox) {
    this(outbox, new PlainNames(""), new OtherIds(new PlainNames(""), outbox));
  }

  /**
   * @param others the ids of which nothing is sent for a while
   */
  EventLane(Outbox outbox, PublishedNames names, OtherIds others) {
    this.outbox = outbox;
    this.names = names;
    this.others = others;
  }

  /** Returns the event to send now, if any. */
  Optional<Event> next(long nowMs) {
    boolean awaitsFirstAcceptance = backoff.isRefused() && !inFlight.isEmpty();
    return backoff.isOpen(nowMs) && !awaitsFirstAcceptance
        ? outbox.nextEvent(
            notToSend(nowMs), event -> !others.isHeld(names.namingBoot(event), nowMs))
        : Optional.empty();
  }

  /** Returns whether an event may become due without any new row, event or answer. */
  boolean isWaiting(long nowMs) {
    return !backoff.isOpen(nowMs)
        || waiting(nowMs).findAny().isPresent()
        || others.isWaiting(nowMs);
  }

  /** Returns the last rows before an event, to send with it; none if they cannot be read. */
  List<Row> rows(Event event) {
    if (event.seq() < 1 || WITHOUT_ROWS.contains(event.kind()) || lossCount(event) >= LOSS_LIMIT) {
      return List.of();
    }
    try {
      long first = Math.max(1, event.seq() - ROWS + 1);
      return outbox.read(new Range(event.boot(), first, event.seq())).rows();
    } catch (IOException e) {
      return List.of(); // The event is sent without rows rather than not at all.
    }
  }

  /** Notes that an event was sent. */
  void markSent(long id, Event event) {
    inFlight.put(id, event);
  }

  /**
   * Applies the broker's answer to a message.
   *
   * @return whether the message was an event
   */
  boolean onAnswer(long id, DeliveryOutcome outcome, long nowMs) {
    Optional<Event> answered = Optional.ofNullable(inFlight.remove(id));
    answered.ifPresent(
        event -> {
          int boot = names.namingBoot(event);
          if (others.isOther(boot) && outcome == DeliveryOutcome.HOLD) {
            others.hold(boot, nowMs);
            return;
          }
          backoff.onAnswer(outcome, nowMs);
          if (outcome == DeliveryOutcome.DELIVERED) {
            outbox.acknowledge(event);
            lossCounts.remove(event);
            waitUntilMs.remove(event);
          } else if (outcome == DeliveryOutcome.SPLIT || outcome == DeliveryOutcome.TOO_LARGE) {
            onRefused(event, nowMs);
          }
        });
    return answered.isPresent();
  }

  /** Notes that an event was refused or is too large. */
  void onRefused(Event event, long nowMs) {
    countLosses(event, LOSS_LIMIT, nowMs);
  }

  /** Returns the boot under whose name an event in flight was sent, if the message is one. */
  Optional<Integer> bootOf(long id) {
    return Optional.ofNullable(inFlight.get(id)).map(names::namingBoot);
  }

  /** Holds the other ids in flight, as {@link Lanes#holdOtherIds} does. */
  List<Integer> holdOtherIds(long nowMs) {
    List<Integer> boots =
        inFlight.values().stream()
            .map(names::namingBoot)
            .filter(others::isOther)
            .distinct()
            .toList();
    boots.forEach(boot -> others.hold(boot, nowMs));
    if (!boots.isEmpty()) {
      inFlight.clear();
    }
    return boots;
  }

  /** Counts a loss for each event in flight, unless the cause excludes the events as reason. */
  void onConnectionLost(ConnectionFailure cause, long nowMs) {
    if (!cause.isAboutConnection()) {
      inFlight.values().forEach(event -> countLosses(event, 1, nowMs));
    }
    inFlight.clear();
  }

  private void countLosses(Event event, int losses, long nowMs) {
    if (lossCounts.merge(event, losses, Integer::sum) >= 2 * LOSS_LIMIT) {
      waitUntilMs.put(event, nowMs + TopicBackoff.HOLD.toMillis());
    }
  }

  private Stream<Event> waiting(long nowMs) {
    return waitUntilMs.entrySet().stream()
        .filter(entry -> nowMs < entry.getValue())
        .map(Map.Entry::getKey);
  }

  private int lossCount(Event event) {
    return lossCounts.getOrDefault(event, 0);
  }

  private Set<Event> notToSend(long nowMs) {
    return Stream.concat(inFlight.values().stream(), waiting(nowMs)).collect(Collectors.toSet());
  }
}
