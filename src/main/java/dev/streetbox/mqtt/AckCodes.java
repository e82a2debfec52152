package dev.streetbox.mqtt;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes the reason codes of PUBACK and SUBACK by Paho, which drops the connection at codes that it
 * lacks (0x91, 0x95) and is given 0x00 instead. Holds at most one code a packet identifier. Safe
 * for every thread.
 */
final class AckCodes {
  private static final int UNSPECIFIED_ERROR = 0x80;

  private final Map<Integer, Integer> codes = new ConcurrentHashMap<>();

  /** Keeps the code for a packet identifier. */
  void put(int packetId, int code) {
    codes.put(packetId, code);
  }

  /**
   * Removes and returns the code for a packet identifier; 0x80 if the broker has sent none, because
   * Paho also reports success where nothing was acknowledged.
   */
  int take(int packetId) {
    return Optional.ofNullable(codes.remove(packetId)).orElse(UNSPECIFIED_ERROR);
  }
}
