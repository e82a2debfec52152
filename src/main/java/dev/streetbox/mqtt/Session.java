package dev.streetbox.mqtt;

import java.time.Duration;
import java.util.List;

/**
 * Describes a connection as the broker sees it.
 *
 * @param clientId the name that the broker keeps the session under
 * @param expiryS how many seconds the broker keeps the session after a loss; 0 for a session that
 *     begins afresh each time
 * @param will the message that the broker publishes if the client disappears: one, or none
 */
public record Session(String clientId, long expiryS, List<Message> will) {
  /** How long a durable session, and with it what waits for the client, outlasts the connection. */
  private static final Duration DURABLE = Duration.ofDays(7);

  /** Copies the list. */
  public Session {
    will = List.copyOf(will);
  }

  /** Returns a session that the broker keeps for a week after each loss. */
  public static Session durable(String clientId, List<Message> will) {
    return new Session(clientId, DURABLE.toSeconds(), will);
  }

  /** Returns a session that ends with its connection. */
  public static Session fresh(String clientId) {
    return new Session(clientId, 0, List.of());
  }
}
