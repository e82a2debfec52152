package dev.streetbox.publish;

import dev.streetbox.measure.Range;
import dev.streetbox.mqtt.DeliveryOutcome;
import dev.streetbox.outbox.Outbox;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides which rows to send next: the newest on the live lane, then, beside it, all others on the
 * backlog lane; and what answers and losses mean for them. Knows nothing of MQTT but the outcome of
 * a message, and waits for nothing. Used by one thread.
 */
final class Lanes {
  /** Rows in a batch at most: compression gains little beyond. */
  static final int BATCH_ROWS = 60;

  /** What stays free in the window for the live lane. */
  private static final int SPARED_MESSAGES = 2;

  private static final int SPARED_BYTES = InFlightMessages.BYTES / 4;

  private final InFlightMessages inFlight;
  private final LiveLane live;
  private final BacklogLane backlog;
  private final Map<Long, PlannedBatch> flights = new LinkedHashMap<>();
  private final PoisonRowFinder poisonRows = new PoisonRowFinder();
  private final RefusedRows refused = new RefusedRows();

  /**
   * @param inFlight what all messages share
   */
  Lanes(MqttSettings settings, Outbox outbox, InFlightMessages inFlight) {
    this.inFlight = inFlight;
    this.live = new LiveLane(outbox, settings.livePeriod(), BATCH_ROWS);
    this.backlog = new BacklogLane(outbox, settings.backlogRate(), BATCH_ROWS);
  }

  /** A new connection: the live lane begins at the newest rows, at once. */
  void opened(long nowMs) {
    live.opened(nowMs);
    backlog.opened(nowMs);
  }

  /** Returns what to send now, if anything. */
  Optional<PlannedBatch> next(long nowMs) {
    backlog.refill(nowMs);
    if (flights.values().stream().anyMatch(flight -> poisonRows.mustTravelAlone(flight.rows()))) {
      return Optional.empty();
    }
    Optional<PlannedBatch> newest = nextLive(nowMs);
    return newest.isPresent() ? newest : nextBacklog(nowMs);
  }

  /** Returns whether it is only a matter of time until there is more to send. */
  boolean isWaiting(long nowMs) {
    return backlog.isSpent() || !live.gate().isOpen(nowMs) || !backlog.gate().isOpen(nowMs);
  }

  /** Lets the newest rows go now, whether it is time or not. */
  void hurry(long nowMs) {
    live.hurry(nowMs);
  }

  /** The batch, or the half of it that fits, has gone. */
  void sent(long id, PlannedBatch batch, long nowMs) {
    flights.put(id, batch);
    switch (batch.lane()) {
      case LIVE -> live.sent(batch.rows(), nowMs);
      case BACKLOG -> backlog.sent(batch.rows());
    }
  }

  /** No packet of this broker can carry this one row: it is to be declared. */
  void declareRefused(PlannedBatch batch) {
    refused.declare(batch.rows());
    skip(batch);
  }

  /** There is nothing to send in these rows. */
  void skip(PlannedBatch batch) {
    poisonRows.clear(batch.rows());
    if (batch.lane() == Lane.LIVE) {
      live.skip(batch.rows());
    }
  }

  /** The rows cannot be read just now: not before a while. */
  void postpone(PlannedBatch batch, long nowMs) {
    gate(batch.lane()).answered(DeliveryOutcome.LATER, nowMs);
  }

  /**
   * Takes the broker's answer.
   *
   * @return what was sent, if it was rows
   */
  Optional<PlannedBatch> answered(long id, DeliveryOutcome outcome, long nowMs) {
    Optional<PlannedBatch> flight = Optional.ofNullable(flights.remove(id));
    flight.ifPresent(batch -> answered(batch, outcome, nowMs));
    return flight;
  }

  /**
   * The connection is gone, and with it what was in flight; it is backlog now.
   *
   * @param byBroker whether the broker has closed it
   */
  void lost(boolean byBroker, long nowMs) {
    List<PlannedBatch> lost = takeFlights();
    for (PlannedBatch batch : lost) {
      if (poisonRows.lost(batch.rows(), lost.size() == 1, byBroker)) {
        putAside(batch, nowMs);
      }
    }
  }

  /** The connection is gone because a packet was too large for the broker. */
  void lostTooLarge(long nowMs) {
    List<PlannedBatch> lost = takeFlights();
    for (PlannedBatch batch : lost) {
      if (poisonRows.refused(batch.rows()) && lost.size() == 1) {
        putAside(batch, nowMs);
      }
    }
  }

  /**
   * Returns the rows that the broker refuses while it takes others; they are to be declared. Each
   * is returned once.
   */
  List<Range> refusedRows() {
    return refused.take();
  }

  /** Returns how many rows are in flight. */
  long inFlightRows() {
    return flights.values().stream().mapToLong(batch -> batch.rows().size()).sum();
  }

  private Optional<PlannedBatch> nextLive(long nowMs) {
    return live.next(nowMs)
        .filter(rows -> inFlight.hasRoom(0, 0))
        .map(rows -> new PlannedBatch(Lane.LIVE, rows));
  }

  private Optional<PlannedBatch> nextBacklog(long nowMs) {
    if (!inFlight.hasRoom(SPARED_MESSAGES, SPARED_BYTES)) {
      return Optional.empty();
    }
    return backlog
        .next(live.backlogEnd(), excepted(), nowMs)
        .map(run -> new PlannedBatch(Lane.BACKLOG, poisonRows.cut(run)))
        .filter(batch -> !poisonRows.mustTravelAlone(batch.rows()) || inFlight.size() == 0);
  }

  private Collection<Range> excepted() {
    return Stream.concat(flights.values().stream().map(PlannedBatch::rows), refused.all()).toList();
  }

  private void answered(PlannedBatch batch, DeliveryOutcome outcome, long nowMs) {
    gate(batch.lane()).answered(outcome, nowMs);
    if (outcome == DeliveryOutcome.DELIVERED) {
      poisonRows.clear(batch.rows());
      refused.othersAccepted();
    } else if (outcome == DeliveryOutcome.SPLIT && poisonRows.refused(batch.rows())) {
      putAside(batch, nowMs);
    }
  }

  private void putAside(PlannedBatch batch, long nowMs) {
    poisonRows.clear(batch.rows());
    if (refused.suspect(batch.rows())) {
      gate(batch.lane()).answered(DeliveryOutcome.HOLD, nowMs);
    }
  }

  private List<PlannedBatch> takeFlights() {
    List<PlannedBatch> batches = List.copyOf(flights.values());
    flights.clear();
    return batches;
  }

  private TopicBackoff gate(Lane lane) {
    return switch (lane) {
      case LIVE -> live.gate();
      case BACKLOG -> backlog.gate();
    };
  }
}
