package dev.streetbox.mqtt;

import java.io.IOException;

/** Ends a connection because of a packet of the broker; the failure states the cause. */
final class BrokerException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient ConnectionFailure failure;
  private final int code;

  BrokerException(ConnectionFailure failure) {
    this(failure, 0);
  }

  /**
   * @param code the broker's reason code; 0 if it has sent none
   */
  BrokerException(ConnectionFailure failure, int code) {
    super(failure.text());
    this.failure = failure;
    this.code = code;
  }

  /** Returns an exception for a packet that is no packet of MQTT 5 (MQTT 5, 1.2). */
  static BrokerException malformed(String packet, String reason) {
    return new BrokerException(
        new ConnectionFailure(
            "the broker has sent a malformed packet (" + packet + "): " + reason,
            ConnectionFailure.Kind.CONNECTION));
  }

  ConnectionFailure failure() {
    return failure;
  }

  int code() {
    return code;
  }

  /** Returns the exception with the kind that its failure has before CONNACK. */
  BrokerException beforeConnack() {
    return new BrokerException(failure.beforeConnack(), code);
  }
}
