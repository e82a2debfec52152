package dev.streetbox.mqtt;

/** Names the features that a broker may declare not available in CONNACK (MQTT 5, 3.2.2.3). */
public enum BrokerFeature {
  /** Keeps the last message of a topic for later subscribers. */
  RETAIN,
  /** Accepts {@code +} and {@code #} in a topic filter. */
  WILDCARD,
  /** Accepts {@code $share/GROUP/FILTER}. */
  SHARED_SUBSCRIPTION
}
