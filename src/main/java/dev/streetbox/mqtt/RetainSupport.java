package dev.streetbox.mqtt;

/**
 * Keeps whether the broker accepts retained messages, over all connections, because a broker that
 * does not refuses CONNECT with a retained will (MQTT 5, 3.2.2.3.5). Safe for every thread.
 */
final class RetainSupport {
  private volatile boolean stated = true;
  private volatile boolean refused;

  /** Keeps what a CONNACK has stated. */
  void onConnack(boolean available) {
    stated = available;
  }

  /** Keeps until the end of the program that the broker has refused a retained message (0x9a). */
  void onRefused() {
    refused = true;
  }

  boolean isAvailable() {
    return stated && !refused;
  }
}
