package dev.streetbox.listen;

import dev.streetbox.mqtt.Session;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Says whose messages a subscriber asks for, and how.
 *
 * @param topicRoot what all topics begin with, without a slash at the end
 * @param box one box, or {@code +} for all
 * @param group a name under which several subscribers share the messages, or empty
 * @param sessionId a client id under which the broker keeps what arrives while nobody listens, or
 *     empty
 */
public record Subscription(String topicRoot, String box, String group, String sessionId) {
  /** Returns the topic filter of SUBSCRIBE: every message of those boxes. */
  String filter() {
    String topics = topicRoot + "/" + box + "/+";
    return group.isEmpty() ? topics : "$share/" + group + "/" + topics;
  }

  /**
   * Returns the session to subscribe in.
   *
   * @param random what the client id of a session that is not kept is drawn from
   */
  Session session(RandomGenerator random) {
    return sessionId.isEmpty()
        ? Session.fresh("listen-" + HexFormat.of().toHexDigits(random.nextLong()))
        : Session.durable(sessionId, List.of());
  }
}
