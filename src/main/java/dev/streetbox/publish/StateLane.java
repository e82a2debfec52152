package dev.streetbox.publish;

import dev.streetbox.mqtt.DeliveryOutcome;
import dev.streetbox.mqtt.Message;
import java.util.Optional;

/**
 * Selects the box's state to send: first on each connection, and again until the broker has
 * accepted it. Used by one thread.
 */
final class StateLane {
  private final TopicBackoff backoff = new TopicBackoff();
  private Optional<Message> waiting = Optional.empty();
  private Optional<Message> inFlight = Optional.empty();
  private long inFlightId;

  /** Makes a state due on a new connection. */
  void onConnected(Message state) {
    waiting = Optional.of(state);
    inFlight = Optional.empty();
  }

  /** Returns the state, if it is to be sent now. */
  Optional<Message> next(long nowMs) {
    return backoff.isOpen(nowMs) ? waiting : Optional.empty();
  }

  /** Returns whether the state may become due without any answer. */
  boolean isWaiting(long nowMs) {
    return !backoff.isOpen(nowMs);
  }

  /** Notes that the state was sent. */
  void markSent(long id) {
    inFlightId = id;
    inFlight = waiting;
    waiting = Optional.empty();
  }

  /** Applies the broker's answer, if the message was the state. */
  void onAnswer(long id, DeliveryOutcome outcome, long nowMs) {
    if (inFlight.isPresent() && id == inFlightId) {
      backoff.onAnswer(outcome, nowMs);
      waiting = outcome == DeliveryOutcome.DELIVERED ? Optional.empty() : inFlight;
      inFlight = Optional.empty();
    }
  }
}
