package dev.streetbox.publish;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Holds number, size and time of the messages in flight. Both number and bytes are limited, so that
 * the socket's send buffer does not fill and a live batch never waits behind many bytes. Used by
 * one thread; all times are real time.
 */
final class InFlightMessages {
  /** Limits the messages in flight: Mosquitto's default of max_inflight_messages. */
  static final int MAX_MESSAGES = 20;

  /** Limits the bytes in flight: 2 s of a link with 256 kbit/s. */
  static final int MAX_BYTES = 64 * 1024;

  /**
   * Holds a message in flight.
   *
   * @param place the number of messages that preceded it on the connection
   */
  private record SentMessage(int bytes, long sentMs, int place) {}

  private final AnswerTimeout timeout = new AnswerTimeout();
  private final Map<Long, SentMessage> sent = new HashMap<>();
  private int maxMessages = MAX_MESSAGES;
  private int bytes;
  private int publishedMessages;
  private long lastRoundTripMs;

  /** The greatest place of an answered message; −1 if none was answered. */
  private int lastAnsweredPlace = -1;

  /**
   * Begins a new connection with nothing in flight.
   *
   * @param receiveMaximum the broker's Receive Maximum
   */
  void onConnected(int receiveMaximum) {
    sent.clear();
    bytes = 0;
    publishedMessages = 0;
    lastAnsweredPlace = -1;
    timeout.onConnected();
    maxMessages = Math.min(MAX_MESSAGES, receiveMaximum);
  }

  /**
   * Returns whether one more message may be sent; always true if none is in flight.
   *
   * @param sparedMessages messages of the limit to keep free
   * @param sparedBytes bytes of the limit to keep free
   */
  boolean hasRoom(int sparedMessages, int sparedBytes) {
    return sent.isEmpty()
        || (sent.size() < maxMessages - sparedMessages && bytes < MAX_BYTES - sparedBytes);
  }

  /** Adds a message that was sent. */
  void add(long id, int size, long nowMs) {
    sent.put(id, new SentMessage(size, nowMs, publishedMessages));
    bytes += size;
    publishedMessages++;
  }

  /** Returns the number of messages published on the connection. */
  int publishedMessages() {
    return publishedMessages;
  }

  /**
   * Removes a message that was answered.
   *
   * @return its round trip in ms; empty if no such message is in flight
   */
  Optional<Long> remove(long id, long nowMs) {
    Optional<SentMessage> answered = Optional.ofNullable(sent.remove(id));
    answered.ifPresent(
        message -> {
          lastRoundTripMs = nowMs - message.sentMs();
          bytes -= message.bytes();
          lastAnsweredPlace = Math.max(lastAnsweredPlace, message.place());
          timeout.onAnswer(nowMs - message.sentMs(), message.place() == 0);
        });
    return answered.map(message -> nowMs - message.sentMs());
  }

  /** Returns the round trip of the message that was answered last, in ms. */
  long lastRoundTripMs() {
    return lastRoundTripMs;
  }

  /** Returns the size of a message in flight in bytes; 0 if it is not in flight. */
  int bytesOf(long id) {
    return Optional.ofNullable(sent.get(id)).map(SentMessage::bytes).orElse(0);
  }

  /** Returns the size of the largest message in flight in bytes; 0 if none is in flight. */
  int largestBytes() {
    return sent.values().stream().mapToInt(SentMessage::bytes).max().orElse(0);
  }

  /**
   * Returns whether an answer is overdue, so that the connection is to be taken as lost. If a later
   * message was answered, the link works and only the broker is slow, so that the longest timeout
   * applies.
   */
  boolean isOverdue(long nowMs) {
    return sent.values().stream()
        .anyMatch(
            message ->
                nowMs - message.sentMs()
                    > (message.place() < lastAnsweredPlace
                        ? AnswerTimeout.LONG_MS
                        : timeout.timeoutMs()));
  }

  /** Notes that the connection is taken as lost, because an answer is overdue. */
  void onSilence() {
    timeout.onSilence();
  }

  /** Returns for how long the oldest message has been in flight, in ms; 0 if there is none. */
  long oldestMs(long nowMs) {
    long oldest = nowMs;
    for (SentMessage message : sent.values()) {
      oldest = Math.min(oldest, message.sentMs());
    }
    return nowMs - oldest;
  }

  /** Returns the number of messages in flight. */
  int size() {
    return sent.size();
  }
}
