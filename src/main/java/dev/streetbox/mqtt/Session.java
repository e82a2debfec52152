package dev.streetbox.mqtt;

import java.time.Duration;
import java.util.List;

/**
 * Describes the session of a connection (MQTT 5, 4.1).
 *
 * @param clientId the client identifier under which the broker keeps the session
 * @param expiryS the Session Expiry Interval in seconds; 0 for a session that ends with its
 *     connection and begins with Clean Start
 * @param will the message that the broker publishes if the connection is lost: one, or none
 */
public record Session(String clientId, long expiryS, List<Message> will) {
  /** The Session Expiry Interval of a durable session; messages to the client are kept as long. */
  private static final Duration DURABLE = Duration.ofDays(7);

  /** Copies the list. */
  public Session {
    will = List.copyOf(will);
  }

  /** Returns a session that the broker keeps for seven days after each loss. */
  public static Session durable(String clientId, List<Message> will) {
    return new Session(clientId, DURABLE.toSeconds(), will);
  }

  /**
   * Returns a session that the broker keeps for a limited time after each loss.
   *
   * @param expiryS the Session Expiry Interval in seconds, above 0
   */
  public static Session expiring(String clientId, long expiryS, List<Message> will) {
    return new Session(clientId, expiryS, will);
  }

  /** Returns a session that ends with its connection. */
  public static Session clean(String clientId) {
    return new Session(clientId, 0, List.of());
  }
}
