package dev.streetbox.mqtt;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Queues the events of one connection, and counts the messages among them. Paho's threads add, the
 * owner of the connection takes.
 */
final class WaitingEvents {
  private final BlockingQueue<ConnectionEvent> events = new LinkedBlockingQueue<>();
  private final AtomicInteger messages = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  /** Adds an event; never blocks. */
  void add(ConnectionEvent event) {
    // Counted before, so that the counts are never below zero.
    if (event instanceof ConnectionEvent.Arrived arrived) {
      messages.incrementAndGet();
      bytes.addAndGet(arrived.message().packetBytes());
    }
    events.add(event);
  }

  /** Removes and returns the next event; null if there is none. */
  ConnectionEvent poll() {
    return taken(events.poll());
  }

  /** Waits for the next event, removes and returns it; null if none comes within the limit. */
  ConnectionEvent poll(long limitMs) throws InterruptedException {
    return taken(events.poll(limitMs, TimeUnit.MILLISECONDS));
  }

  /** Returns how many messages wait. */
  int messages() {
    return messages.get();
  }

  /** Returns the size of the waiting messages in bytes. */
  long bytes() {
    return bytes.get();
  }

  private ConnectionEvent taken(ConnectionEvent event) {
    if (event instanceof ConnectionEvent.Arrived arrived) {
      messages.decrementAndGet();
      bytes.addAndGet(-arrived.message().packetBytes());
    }
    return event;
  }
}
