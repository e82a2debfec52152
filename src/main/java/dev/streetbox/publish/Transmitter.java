package dev.streetbox.publish;

import dev.streetbox.bus.Time;
import dev.streetbox.mqtt.Connection;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.DeliveryOutcome;
import dev.streetbox.mqtt.Message;

/**
 * Numbers messages, publishes them on the current connection at a limited rate, and tracks them
 * until they are answered. Used by the publisher's thread.
 */
final class Transmitter {
  /**
   * Limits the messages per second of real time, over all topics and connections, so that no answer
   * of a broker can make the box send without end. The largest {@code backlog_rate} needs 84, in
   * batches of 60 rows.
   */
  static final int MAX_MESSAGES_PER_SECOND = 100;

  private final InFlightMessages inFlight;
  private final Time real;
  private final LearnedPacketLimit learned = new LearnedPacketLimit();
  private Connection connection;
  private long packetLimitBytes;
  private long lastId;
  private long second;
  private int publishedInSecond;

  /**
   * @param real real time, by which answers are timed
   */
  Transmitter(InFlightMessages inFlight, Time real) {
    this.inFlight = inFlight;
    this.real = real;
  }

  /** Begins a new connection with nothing in flight. */
  void onConnected(Connection next, ConnectionEvent.Connected connected) {
    connection = next;
    inFlight.onConnected(connected.receiveMaximum());
    packetLimitBytes = connected.maximumPacketBytes();
    learned.onConnected();
  }

  /** Returns the size for batches: the broker's Maximum Packet Size, or less by its refusals. */
  long batchLimitBytes() {
    return Math.min(packetLimitBytes, learned.bytes(real.tickMs()));
  }

  /**
   * Returns whether a message is within the broker's Maximum Packet Size. A limit that was learned
   * does not count, so that a single row is tried again and ends the limit if it is accepted.
   */
  boolean fits(Message message) {
    return message.packetBytes() <= packetLimitBytes;
  }

  /** Returns a number that no message had before. */
  long newId() {
    return ++lastId;
  }

  /** Returns whether the rate limit allows one more message now. */
  boolean mayPublish() {
    return publishedInSecond < MAX_MESSAGES_PER_SECOND || real.tickMs() / 1000 != second;
  }

  /**
   * Publishes a message under a number that {@link #newId} returned. Does not check the rate limit,
   * so that the last message before DISCONNECT is always sent.
   */
  void publish(long id, Message message) {
    countPublished();
    inFlight.add(id, message.packetBytes(), real.tickMs());
    connection.publish(id, message);
  }

  private void countPublished() {
    long now = real.tickMs() / 1000;
    publishedInSecond = now == second ? publishedInSecond + 1 : 1;
    second = now;
  }

  /** Removes an answered message, and learns from a message that was too large. */
  void onAnswer(long id, DeliveryOutcome outcome) {
    int bytes = inFlight.bytesOf(id);
    if (outcome == DeliveryOutcome.TOO_LARGE && bytes > 0) {
      learned.onTooLarge(bytes, real.tickMs());
    } else if (outcome == DeliveryOutcome.DELIVERED) {
      learned.onAccepted(bytes);
    }
    inFlight.remove(id, real.tickMs());
  }

  /** Learns that one of the messages in flight was too large, because the broker closed with it. */
  void onPacketTooLarge() {
    int largest = inFlight.largestBytes();
    if (largest > 0) {
      learned.onTooLarge(largest, real.tickMs());
    }
  }

  /** Returns whether an answer is overdue, so that the connection is to be taken as lost. */
  boolean isOverdue() {
    return inFlight.isOverdue(real.tickMs());
  }

  /** Notes that the connection is taken as lost, because an answer is overdue. */
  void onSilence() {
    inFlight.onSilence();
  }

  /** Returns for how long the oldest message has been in flight, in ms; 0 if there is none. */
  long oldestInFlightMs() {
    return inFlight.oldestMs(real.tickMs());
  }

  /** Returns whether nothing is in flight. */
  boolean isIdle() {
    return inFlight.size() == 0;
  }
}
