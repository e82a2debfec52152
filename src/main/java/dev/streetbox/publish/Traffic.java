package dev.streetbox.publish;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Range;
import dev.streetbox.outbox.Batch;
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
 * What goes through a connection: events, then live rows, then backlog; and what the answers mean
 * for the outbox. Lives longer than any connection. Used by the publisher's thread only.
 */
final class Traffic {
  private static final String JSON = "application/json";

  private final MqttSettings settings;
  private final Names names;
  private final Outbox outbox;
  private final Time time;
  private final Faults faults;
  private final BatchJson json;
  private final Window window = new Window();
  private final Lanes lanes;
  private final EventLane events;
  private final StateLane states = new StateLane();
  private final Map<Long, List<Drop>> told = new HashMap<>();
  private long lastId;
  private long packetLimit;
  private long sentRows;
  private long rows;
  private long batches;
  private long unheard;
  private long lastAnswerMs = -1;

  /**
   * @param time the clock of rows: live period and backlog rate are counted on it
   */
  Traffic(
      Identity identity,
      Names names,
      MqttSettings settings,
      Outbox outbox,
      Time time,
      Faults faults) {
    this.settings = settings;
    this.names = names;
    this.outbox = outbox;
    this.time = time;
    this.faults = faults;
    this.json = new BatchJson(names, settings.encoding(), identity.calibration());
    this.lanes = new Lanes(settings, outbox, window);
    this.events = new EventLane(outbox);
  }

  /** The box's state, as a message that the broker keeps. */
  Message state(String state, Map<String, String> details) {
    byte[] bytes = json.state(outbox.boot(), state, details);
    return new Message(topic(outbox.boot(), "state"), bytes, JSON, true);
  }

  /** A new connection: what was in flight on the last one is forgotten; the state goes first. */
  void opened(Link link, LinkEvent.Connected welcome, Message state, long wallMs) {
    window.opened(welcome.receiveMaximum());
    packetLimit = welcome.maximumPacketBytes();
    lanes.opened(time.tickMs());
    states.opened(state);
    pump(link, wallMs);
  }

  /** Sends whatever may go now. */
  void pump(Link link, long wallMs) {
    Optional<Message> state = states.next(time.tickMs());
    state.ifPresent(
        message -> {
          states.sent(lastId + 1);
          send(link, message, wallMs);
        });
    boolean more = true;
    while (more && window.hasRoom(0, 0)) {
      Optional<Event> event = events.next(time.tickMs());
      event.ifPresent(e -> send(link, e, wallMs));
      more = event.isPresent();
    }
    more = true;
    while (more) {
      Optional<Lanes.Pick> pick = lanes.next(time.tickMs());
      pick.ifPresent(p -> send(link, p, wallMs));
      more = pick.isPresent();
    }
    declare();
  }

  /** The newest rows go with the next {@link #pump}, whether it is time or not. */
  void hurry() {
    lanes.hurry(time.tickMs());
  }

  /** Sends a message of its own, as the state. */
  void send(Link link, Message message, long wallMs) {
    long id = ++lastId;
    window.sent(id, message.wireBytes(), wallMs);
    link.publish(id, message);
  }

  /** The broker has answered a message. */
  void answered(LinkEvent.Answered answer, long wallMs) {
    Fate fate = Fate.of(answer.code());
    long nowMs = time.tickMs();
    lastAnswerMs = nowMs;
    window.answered(answer.id(), wallMs);
    Optional<Lanes.Pick> pick = lanes.answered(answer.id(), fate, nowMs);
    List<Drop> drops = Optional.ofNullable(told.remove(answer.id())).orElse(List.of());
    String place;
    if (pick.isPresent()) {
      place = pick.get().lane().key();
      if (fate == Fate.DELIVERED) {
        delivered(pick.get().rows(), drops, answer.code());
      }
    } else {
      place = events.answered(answer.id(), fate, nowMs) ? "event" : "state";
      states.answered(answer.id(), fate, nowMs);
    }
    tell("broker/" + place, fate, answer.code());
    declare();
  }

  /** The connection is gone. */
  void lost(Trouble trouble) {
    if (trouble.kind() == Trouble.Kind.TOO_LARGE) {
      lanes.lostTooLarge(time.tickMs());
    } else {
      lanes.lost(trouble.kind() != Trouble.Kind.SILENCE, time.tickMs());
    }
    events.lost();
    told.clear();
    declare();
  }

  /** Whether the broker owes an answer for too long. */
  boolean isOverdue(long wallMs) {
    return window.isOverdue(wallMs);
  }

  /** Whether it is only a matter of time until there is more to send. */
  boolean isWaiting() {
    long nowMs = time.tickMs();
    return lanes.isWaiting(nowMs) || events.isWaiting(nowMs) || states.isWaiting(nowMs);
  }

  /** Whether nothing is in flight. */
  boolean isIdle() {
    return window.size() == 0;
  }

  /** What {@code status} shows, given what only the connection knows. */
  LinkStatus status(String state, long sinceMs, long losses, String lastTrouble) {
    return new LinkStatus(
        state,
        sinceMs,
        settings.broker().toString(),
        sentRows,
        rows,
        batches,
        lanes.inFlightRows(),
        lastAnswerMs,
        unheard,
        losses,
        lastTrouble);
  }

  private void send(Link link, Lanes.Pick wanted, long wallMs) {
    Lanes.Pick pick = wanted;
    try {
      Batch batch = outbox.read(pick.rows());
      Message message = message(pick, batch);
      while (message.wireBytes() > packetLimit && pick.rows().size() > 1) {
        pick = Lanes.halved(pick);
        batch = outbox.read(pick.rows());
        message = message(pick, batch);
      }
      if (batch.rows().isEmpty()) {
        lanes.skip(pick);
      } else if (message.wireBytes() > packetLimit) {
        lanes.condemn(pick);
      } else {
        told.put(lastId + 1, batch.drops());
        lanes.sent(lastId + 1, pick, time.tickMs());
        sentRows += pick.rows().size();
        send(link, message, wallMs);
      }
    } catch (IOException e) {
      faults.raise("store", "rows cannot be read for sending: " + e.getMessage(), time.tickMs());
      lanes.postpone(pick, time.tickMs());
    }
  }

  private void send(Link link, Event event, long wallMs) {
    int teller = names.teller(event);
    long tickMs = teller == event.boot() ? event.tickMs() : outbox.lastTickMs(teller);
    byte[] bytes = json.event(event, events.rows(event), outbox.timeline(teller), tickMs);
    Message message = new Message(topic(teller, "event"), bytes, JSON, false);
    if (message.wireBytes() > packetLimit) {
      events.refused(event);
      return;
    }
    events.sent(lastId + 1, event);
    send(link, message, wallMs);
  }

  private Message message(Lanes.Pick pick, Batch batch) {
    byte[] bytes = json.batch(batch);
    String topic = topic(pick.rows().boot(), pick.lane().key());
    return new Message(topic, bytes, json.contentType(), false);
  }

  private String topic(int boot, String last) {
    return settings.topicRoot() + "/" + names.of(boot).box() + "/" + last;
  }

  private void delivered(Range range, List<Drop> drops, int code) {
    outbox.acknowledge(range, drops);
    rows += range.size();
    batches++;
    if (code == 0x10) {
      unheard++;
    }
  }

  private void tell(String place, Fate fate, int code) {
    String hex = " (0x%02x)".formatted(code);
    switch (fate) {
      case DELIVERED -> faults.clear(place);
      case HOLD ->
          faults.raise(place, "the broker denies this topic: check its ACL" + hex, time.tickMs());
      case LATER -> faults.raise(place, "the broker does not take it now" + hex, time.tickMs());
      case SPLIT -> faults.raise(place, "the broker refuses a message" + hex, time.tickMs());
    }
  }

  private void declare() {
    for (Range range : lanes.condemned()) {
      outbox.drop(range, Reason.REFUSED);
      faults.raise(
          "broker/backlog",
          "the broker refuses row %d of boot %d: put aside".formatted(range.first(), range.boot()),
          time.tickMs());
    }
  }
}
