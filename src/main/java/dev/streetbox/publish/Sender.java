package dev.streetbox.publish;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Range;
import dev.streetbox.mqtt.Connection;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.ConnectionFailure;
import dev.streetbox.mqtt.DeliveryOutcome;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.Session;
import dev.streetbox.outbox.Drop;
import dev.streetbox.outbox.Event;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.outbox.Reason;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends the state, then events, then live rows, then backlog, and tells the outbox what the
 * broker's answers mean. Lives longer than any connection. Used by the publisher's thread only.
 */
final class Sender {
  private final String broker;
  private final Outbox outbox;
  private final Clocks clocks;
  private final Time time;
  private final MessageComposer composer;
  private final BatchFitter fitter;
  private final TopicFaults faults;
  private final SendCounts counts = new SendCounts();
  private final InFlightMessages inFlight = new InFlightMessages();
  private final Lanes lanes;
  private final EventLane events;
  private final StateLane states = new StateLane();

  /** The drop records that were sent with each message, until it is answered. */
  private final Map<Long, List<Drop>> dropsSent = new HashMap<>();

  private long lastId;
  private long packetLimitBytes;

  Sender(PublishedBox box, Clocks clocks, Faults faults) {
    this.broker = box.settings().broker().uri().toString();
    this.outbox = box.outbox();
    this.clocks = clocks;
    this.time = clocks.rows();
    this.composer = new MessageComposer(box);
    this.fitter = new BatchFitter(outbox, composer);
    this.faults = new TopicFaults(faults, time);
    this.lanes = new Lanes(box.settings(), outbox, inFlight);
    this.events = new EventLane(outbox);
  }

  /** Returns the session to connect with. */
  Session session() {
    return composer.session();
  }

  /** Sends the state on a new connection; what was in flight on the last one is forgotten. */
  void opened(Connection connection, ConnectionEvent.Connected welcome) {
    inFlight.opened(welcome.receiveMaximum());
    packetLimitBytes = welcome.maximumPacketBytes();
    lanes.opened(time.tickMs());
    states.opened(composer.online());
    pump(connection);
  }

  /** Sends whatever may go now. */
  void pump(Connection connection) {
    states.next(time.tickMs()).ifPresent(state -> send(connection, state));
    sendEvents(connection);
    sendRows(connection);
    declareRefusedRows();
  }

  /** Lets the newest rows go with the next {@link #pump}, whether it is time or not. */
  void hurry() {
    lanes.hurry(time.tickMs());
  }

  /** Sends the state {@code offline}, as the last message of a connection. */
  void sendOffline(Connection connection) {
    transmit(connection, newId(), composer.offline());
  }

  /** Takes the broker's answer to a message. */
  void answered(ConnectionEvent.Answered answer) {
    DeliveryOutcome outcome = DeliveryOutcome.of(answer.code());
    counts.answered(time.tickMs());
    inFlight.answered(answer.id(), clocks.real().tickMs());
    faults.answered(settle(answer, outcome), outcome, answer.code());
    declareRefusedRows();
  }

  /** The connection is gone, and with it what was in flight. */
  void lost(ConnectionFailure failure) {
    if (failure.kind() == ConnectionFailure.Kind.TOO_LARGE) {
      lanes.lostTooLarge(time.tickMs());
    } else {
      lanes.lost(failure.kind() != ConnectionFailure.Kind.SILENCE, time.tickMs());
    }
    events.lost();
    dropsSent.clear();
    declareRefusedRows();
  }

  /** Returns whether the broker owes an answer for too long. */
  boolean isOverdue() {
    return inFlight.isOverdue(clocks.real().tickMs());
  }

  /** Returns whether it is only a matter of time until there is more to send. */
  boolean isWaiting() {
    long nowMs = time.tickMs();
    return lanes.isWaiting(nowMs) || events.isWaiting(nowMs) || states.isWaiting(nowMs);
  }

  /** Returns whether nothing is in flight. */
  boolean isIdle() {
    return inFlight.size() == 0;
  }

  /** Returns what {@code status} shows. */
  LinkStatus status(LinkState link) {
    return counts.status(link, broker, lanes.inFlightRows());
  }

  /** Tells the lane of a message what became of it; returns the last word of its topic. */
  private String settle(ConnectionEvent.Answered answer, DeliveryOutcome outcome) {
    long nowMs = time.tickMs();
    Optional<PlannedBatch> batch = lanes.answered(answer.id(), outcome, nowMs);
    List<Drop> drops = Optional.ofNullable(dropsSent.remove(answer.id())).orElse(List.of());
    if (batch.isPresent()) {
      if (outcome == DeliveryOutcome.DELIVERED) {
        Range rows = batch.get().rows();
        outbox.acknowledge(rows, drops);
        counts.acknowledged(rows.size(), answer.code());
      }
      return batch.get().lane().key();
    }
    if (events.answered(answer.id(), outcome, nowMs)) {
      return "event";
    }
    states.answered(answer.id(), outcome, nowMs);
    return "state";
  }

  private void sendEvents(Connection connection) {
    Optional<Event> event = nextEvent();
    while (event.isPresent()) {
      send(connection, event.get());
      event = nextEvent();
    }
  }

  private Optional<Event> nextEvent() {
    return inFlight.hasRoom(0, 0) ? events.next(time.tickMs()) : Optional.empty();
  }

  private void sendRows(Connection connection) {
    Optional<PlannedBatch> plan = lanes.next(time.tickMs());
    while (plan.isPresent()) {
      send(connection, plan.get());
      plan = lanes.next(time.tickMs());
    }
  }

  private void send(Connection connection, PlannedBatch wanted) {
    try {
      BatchFitter.Fitted fitted = fitter.fit(wanted, packetLimitBytes);
      PlannedBatch plan = fitted.plan();
      if (fitted.batch().rows().isEmpty()) {
        lanes.skip(plan);
      } else if (fitted.message().wireBytes() > packetLimitBytes) {
        lanes.declareRefused(plan);
      } else {
        long id = newId();
        dropsSent.put(id, fitted.batch().drops());
        lanes.sent(id, plan, time.tickMs());
        counts.sent(plan.rows().size());
        transmit(connection, id, fitted.message());
      }
    } catch (IOException e) {
      faults.unreadable(e.getMessage());
      lanes.postpone(wanted, time.tickMs());
    }
  }

  private void send(Connection connection, Event event) {
    Message message = composer.event(event, events.rows(event));
    if (message.wireBytes() > packetLimitBytes) {
      events.refused(event);
      return;
    }
    long id = newId();
    events.sent(id, event);
    transmit(connection, id, message);
  }

  private void send(Connection connection, Message state) {
    long id = newId();
    states.sent(id);
    transmit(connection, id, state);
  }

  private long newId() {
    return ++lastId;
  }

  private void transmit(Connection connection, long id, Message message) {
    inFlight.sent(id, message.wireBytes(), clocks.real().tickMs());
    connection.publish(id, message);
  }

  private void declareRefusedRows() {
    for (Range rows : lanes.refusedRows()) {
      outbox.drop(rows, Reason.REFUSED);
      faults.refused(rows);
    }
  }
}
