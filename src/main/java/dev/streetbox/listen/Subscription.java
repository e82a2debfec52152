package dev.streetbox.listen;

import dev.streetbox.mqtt.Session;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Selects the boxes whose messages a subscriber receives, and the session.
 *
 * @param topicRoot the common beginning of all topics, without a slash at the end
 * @param box the id of one box, or {@code +} for all
 * @param group the ShareName of a shared subscription (MQTT 5, 4.8.2), or empty
 * @param sessionId the name of a durable session, in which the broker keeps messages while the
 *     subscriber is not connected, or empty
 * @param topics the last levels of the topics, such as {@code state}, or {@code +} for all
 */
public record Subscription(
    String topicRoot, String box, String group, String sessionId, List<String> topics) {
  /** The box of a subscription to all boxes. */
  public static final String ALL_BOXES = "+";

  /** The common beginning of all client ids, so that none is that of a box. */
  private static final String CLIENT = "listen-";

  private static final Pattern BOX = Pattern.compile("[+]|[a-z0-9-]{3,32}");
  private static final Pattern NAME = Pattern.compile("|[A-Za-z0-9_.-]{1,64}");
  private static final Pattern ROOT =
      Pattern.compile("(?=.{1,200}$)[^$/#+\\p{Cntrl}][^/#+\\p{Cntrl}]*(/[^/#+\\p{Cntrl}]+)*");

  /**
   * @throws IllegalArgumentException if a part is not of the characters that it may have; the text
   *     is for a person
   */
  public Subscription {
    topics = List.copyOf(topics);
    check(BOX, box, "a box's id is 3 to 32 of a-z, 0-9 and -");
    check(NAME, group, "a group's name is 1 to 64 of A-Z, a-z, 0-9, _, . and -");
    check(NAME, sessionId, "a session's name is 1 to 64 of A-Z, a-z, 0-9, _, . and -");
    checkRoot(topicRoot);
  }

  /**
   * Selects every message of those boxes.
   *
   * @throws IllegalArgumentException as the other constructor does
   */
  public Subscription(String topicRoot, String box, String group, String sessionId) {
    this(topicRoot, box, group, sessionId, List.of("+"));
  }

  /**
   * Checks the common beginning of all topics.
   *
   * @throws IllegalArgumentException if no topic can begin so; the text is for a person
   */
  public static void checkRoot(String topicRoot) {
    check(ROOT, topicRoot, "a topic root is levels without +, # and empty levels, as streetbox/v1");
  }

  /** Returns whether messages of a box belong to the subscription. */
  public boolean covers(String other) {
    return box.equals(ALL_BOXES) || box.equals(other);
  }

  /**
   * Returns the topic filters of SUBSCRIBE, which match every message of those boxes. The broker
   * gives a message that several of them match to each.
   */
  List<String> filters() {
    return topics.stream()
        .map(topic -> topicRoot + "/" + box + "/" + topic)
        .map(filter -> group.isEmpty() ? filter : "$share/" + group + "/" + filter)
        .toList();
  }

  /**
   * Returns the session of the connection.
   *
   * @param random the source of the client id of a session that is not durable
   */
  Session session(RandomGenerator random) {
    return sessionId.isEmpty()
        ? Session.clean(CLIENT + HexFormat.of().toHexDigits(random.nextLong()))
        : Session.durable(CLIENT + sessionId, List.of());
  }

  private static void check(Pattern allowed, String text, String words) {
    if (!allowed.matcher(text).matches()) {
      throw new IllegalArgumentException(words);
    }
  }
}
