package dev.streetbox.mqtt;

import java.util.Set;

/** Describes what has happened on a {@link Connection}. */
public sealed interface ConnectionEvent {
  /**
   * Reports that the broker has accepted the connection (CONNACK; MQTT 5, 3.2).
   *
   * @param receiveMaximum how many unacknowledged messages the broker accepts, 1 to 65,535
   * @param maximumPacketBytes the largest packet that the broker accepts
   * @param sessionPresent whether the broker still holds the session, and so its subscriptions
   * @param missing the features that the broker does not offer
   */
  record Connected(
      int receiveMaximum,
      long maximumPacketBytes,
      boolean sessionPresent,
      Set<BrokerFeature> missing)
      implements ConnectionEvent {
    /** Copies the set. */
    public Connected {
      missing = Set.copyOf(missing);
    }

    /** Describes a broker that offers every feature. */
    public Connected(int receiveMaximum, long maximumPacketBytes, boolean sessionPresent) {
      this(receiveMaximum, maximumPacketBytes, sessionPresent, Set.of());
    }
  }

  /**
   * Reports the broker's answer to a message (PUBACK; MQTT 5, 3.4).
   *
   * @param id the number that {@link Connection#publish} was given
   * @param code the reason code; below 0x80 the broker has the message
   * @param reasonString the broker's Reason String as it was received, or empty
   */
  record Answered(long id, int code, String reasonString) implements ConnectionEvent {
    /** Creates an answer without a Reason String. */
    public Answered(long id, int code) {
      this(id, code, "");
    }
  }

  /**
   * Reports the broker's answer to a subscription (SUBACK; MQTT 5, 3.9).
   *
   * @param code the reason code; below 0x80 the subscription is granted, and the code is the QoS
   * @param topicFilter the filter that {@link Connection#subscribe} was given
   */
  record Subscribed(int code, String topicFilter) implements ConnectionEvent {
    /** Creates an answer to the only subscription. */
    public Subscribed(int code) {
      this(code, "");
    }
  }

  /**
   * Reports a message that has arrived (PUBLISH).
   *
   * @param id the packet identifier that {@link Connection#acknowledge} needs; 0 at QoS 0, which
   *     has no acknowledgement
   */
  record Arrived(Message message, int id) implements ConnectionEvent {}

  /** Reports that {@link Connection#wake} was called, so that the caller looks for rows to send. */
  record Woken() implements ConnectionEvent {}

  /**
   * Reports that the connection was not made or is lost; no event follows.
   *
   * @param cause why
   */
  record Lost(ConnectionFailure cause) implements ConnectionEvent {}
}
