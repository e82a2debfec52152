package dev.streetbox.listen;

import dev.streetbox.mqtt.Session;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Selects the boxes whose messages a subscriber receives, and the session.
 *
 * @param topicRoot the common beginning of all topics, without a slash at the end
 * @param box the id of one box, or {@code +} for all
 * @param group the ShareName of a shared subscription (MQTT 5, 4.8.2), or empty
 * @param sessionId the client id of a durable session, in which the broker keeps messages while the
 *     subscriber is not connected, or empty
 */
public record Subscription(String topicRoot, String box, String group, String sessionId) {
  /** Returns the topic filter of SUBSCRIBE, which matches every message of those boxes. */
  String filter() {
    String topics = topicRoot + "/" + box + "/+";
    return group.isEmpty() ? topics : "$share/" + group + "/" + topics;
  }

  /**
   * Returns the session of the connection.
   *
   * @param random the source of the client id of a session that is not durable
   */
  Session session(RandomGenerator random) {
    return sessionId.isEmpty()
        ? Session.clean("listen-" + HexFormat.of().toHexDigits(random.nextLong()))
        : Session.durable(sessionId, List.of());
  }
}
