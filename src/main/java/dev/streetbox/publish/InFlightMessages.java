package dev.streetbox.publish;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The messages in flight: how many, how large, how long ago they went. Bounded in both, so that a
 * socket's buffer cannot fill and what is newest never waits behind much. Used by one thread.
 */
final class InFlightMessages {
  /** At most this many in flight: Mosquitto's own default, and few enough to send twice. */
  static final int MESSAGES = 20;

  /** At most this many bytes in flight: two seconds of a link with 256 kbit/s. */
  static final int BYTES = 64 * 1024;

  /** An answer that takes longer than this, and than three of the slowest before, will not come. */
  private static final long PATIENCE_MS = 10_000;

  private record Flight(int bytes, long sentMs) {}

  private final Map<Long, Flight> flights = new HashMap<>();
  private int messages = MESSAGES;
  private int bytes;
  private long slowestMs;

  /** A new connection: nothing is in flight, nothing is known of its round trips. */
  void opened(int receiveMaximum) {
    flights.clear();
    bytes = 0;
    slowestMs = 0;
    messages = Math.min(MESSAGES, receiveMaximum);
  }

  /** Whether there is room while that many messages and that part of the bytes stay free. */
  boolean hasRoom(int sparedMessages, int sparedBytes) {
    return flights.isEmpty()
        || (flights.size() < messages - sparedMessages && bytes < BYTES - sparedBytes);
  }

  /** A message has gone. */
  void sent(long id, int size, long nowMs) {
    flights.put(id, new Flight(size, nowMs));
    bytes += size;
  }

  /**
   * An answer has come.
   *
   * @return how long it took, in milliseconds; empty if no such message is in flight
   */
  Optional<Long> answered(long id, long nowMs) {
    Optional<Flight> flight = Optional.ofNullable(flights.remove(id));
    flight.ifPresent(
        f -> {
          bytes -= f.bytes();
          slowestMs = Math.max(slowestMs, nowMs - f.sentMs());
        });
    return flight.map(f -> nowMs - f.sentMs());
  }

  /** Whether an answer is overdue: the link is open at this end only. */
  boolean isOverdue(long nowMs) {
    long patienceMs = Math.max(PATIENCE_MS, 3 * slowestMs);
    return flights.values().stream().anyMatch(f -> nowMs - f.sentMs() > patienceMs);
  }

  /** How many messages are in flight. */
  int size() {
    return flights.size();
  }
}
