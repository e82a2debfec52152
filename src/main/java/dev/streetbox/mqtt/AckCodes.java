package dev.streetbox.mqtt;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes the reason codes and Reason Strings of PUBACK and SUBACK by Paho, which drops the
 * connection at codes that it lacks (0x91, 0x95) and is given 0x00 instead. Holds at most one
 * answer a packet identifier. Safe for every thread.
 */
final class AckCodes {
  /**
   * Holds an answer of the broker.
   *
   * @param code the reason code, 0x00 to 0xff
   * @param reasonString the broker's Reason String, or empty
   */
  record Ack(int code, String reasonString) {}

  private static final Ack UNSPECIFIED_ERROR = new Ack(0x80, "");

  private final Map<Integer, Ack> acks = new ConcurrentHashMap<>();

  /** Keeps the answer for a packet identifier. */
  void put(int packetId, Ack ack) {
    acks.put(packetId, ack);
  }

  /**
   * Removes and returns the answer for a packet identifier; 0x80 if the broker has sent none,
   * because Paho also reports success where nothing was acknowledged.
   */
  Ack take(int packetId) {
    return Optional.ofNullable(acks.remove(packetId)).orElse(UNSPECIFIED_ERROR);
  }
}
