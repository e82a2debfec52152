package dev.streetbox.outbox;

/**
 * Learns of the stages of events. Called by the committer's and the publisher's thread while they
 * hold the outbox, so that an implementation must neither wait nor call the outbox.
 */
public interface EventListener {
  /** Takes that an event is on the disk. */
  void onStored(Event event);

  /** Takes that the broker has acknowledged an event. */
  void onAcknowledged(Event event);
}
