package dev.streetbox.publish;

import dev.streetbox.mqtt.DeliveryOutcome;
import dev.streetbox.mqtt.Message;
import java.util.Optional;

/**
 * The box's state: sent first on each connection, and again if the broker could not take it. Used
 * by one thread.
 */
final class StateLane {
  private final TopicBackoff backoff = new TopicBackoff();
  private Optional<Message> waiting = Optional.empty();
  private Optional<Message> inFlight = Optional.empty();
  private long flight;

  /** A new connection, which this state opens. */
  void opened(Message state) {
    waiting = Optional.of(state);
    inFlight = Optional.empty();
  }

  /** The state, if it is to be sent now. */
  Optional<Message> next(long nowMs) {
    return backoff.isOpen(nowMs) ? waiting : Optional.empty();
  }

  /** Whether it is only a matter of time until there is more to send. */
  boolean isWaiting(long nowMs) {
    return !backoff.isOpen(nowMs);
  }

  /** It has gone. */
  void sent(long id) {
    flight = id;
    inFlight = waiting;
    waiting = Optional.empty();
  }

  /** The broker has answered some message. */
  void answered(long id, DeliveryOutcome outcome, long nowMs) {
    if (inFlight.isPresent() && id == flight) {
      backoff.answered(outcome, nowMs);
      waiting = outcome == DeliveryOutcome.DELIVERED ? Optional.empty() : inFlight;
      inFlight = Optional.empty();
    }
  }
}
