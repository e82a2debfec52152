package dev.streetbox.publish;

import dev.streetbox.bus.Time;
import dev.streetbox.mqtt.Connection;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.Message;

/**
 * Numbers messages, publishes them on the current connection and tracks them until they are
 * answered. Used by the publisher's thread.
 */
final class Transmitter {
  private final InFlightMessages inFlight;
  private final Time real;
  private Connection connection;
  private long packetLimitBytes;
  private long lastId;

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
  }

  /** Returns the broker's Maximum Packet Size. */
  long packetLimitBytes() {
    return packetLimitBytes;
  }

  /** Returns whether a message is within the broker's Maximum Packet Size. */
  boolean fits(Message message) {
    return message.packetBytes() <= packetLimitBytes;
  }

  /** Returns a number that no message had before. */
  long newId() {
    return ++lastId;
  }

  /** Publishes a message under a number that {@link #newId} returned. */
  void publish(long id, Message message) {
    inFlight.add(id, message.packetBytes(), real.tickMs());
    connection.publish(id, message);
  }

  /** Removes an answered message. */
  void onAnswer(long id) {
    inFlight.remove(id, real.tickMs());
  }

  /** Returns whether an answer is overdue, so that the connection is to be taken as lost. */
  boolean isOverdue() {
    return inFlight.isOverdue(real.tickMs());
  }

  /** Returns whether nothing is in flight. */
  boolean isIdle() {
    return inFlight.size() == 0;
  }
}
