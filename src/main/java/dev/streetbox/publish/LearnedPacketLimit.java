package dev.streetbox.publish;

import java.time.Duration;

/**
 * Learns how large a message may be from refusals (0x95), because some brokers have a limit that
 * CONNACK does not state. Lasts over all connections. Used by one thread; all times are real time.
 */
final class LearnedPacketLimit {
  /** The time after which a larger message is tried again, because the limit may be raised. */
  private static final long FORGET_MS = Duration.ofHours(6).toMillis();

  private long limitBytes = Long.MAX_VALUE;
  private long learnedMs;

  /** The largest size that was accepted on this connection. */
  private long acceptedBytes;

  /** Notes a new connection, on which the broker's limit may be another one. */
  void onConnected() {
    acceptedBytes = 0;
  }

  /**
   * Notes that a message, or one of several up to that size, was too large. A refusal of a size
   * that was accepted on the same connection has another cause and is ignored.
   */
  void onTooLarge(long bytes, long nowMs) {
    if (bytes <= acceptedBytes) {
      return;
    }
    limitBytes = Math.min(bytes(nowMs), bytes - 1);
    learnedMs = nowMs;
  }

  /** Notes that a message of that size was accepted. */
  void onAccepted(long bytes) {
    acceptedBytes = Math.max(acceptedBytes, bytes);
    if (bytes > limitBytes) {
      limitBytes = Long.MAX_VALUE;
    }
  }

  /** Returns the largest size that was not refused, in bytes. */
  long bytes(long nowMs) {
    return nowMs - learnedMs < FORGET_MS ? limitBytes : Long.MAX_VALUE;
  }
}
