package dev.streetbox.publish;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides from the broker's answers whether nobody subscribes to a topic, so that what the broker
 * acknowledges reaches no one. Used by one thread; all times are of the rows' clock.
 */
final class MissingSubscribers {
  /** The time of answers 0x10 after which nobody is taken to subscribe. */
  static final Duration LIMIT = Duration.ofMinutes(1);

  /** If no message was answered for longer than this (ms), the time begins anew. */
  private static final long LONGEST_GAP_MS = Duration.ofMinutes(15).toMillis();

  /**
   * Holds the answers 0x10 that no other answer has interrupted.
   *
   * @param firstMs the tick of the first
   * @param lastMs the tick of the last
   */
  private record Answers(long firstMs, long lastMs) {}

  private final Map<String, Answers> byTopic = new HashMap<>();

  /** Notes that the broker has a subscriber of a topic. */
  void onSubscriber(String topic) {
    byTopic.remove(topic);
  }

  /**
   * Notes an answer 0x10.
   *
   * @return whether all answers of more than a minute were 0x10
   */
  boolean onNoSubscriber(String topic, long nowMs) {
    Answers known = byTopic.get(topic);
    boolean isNew = known == null || nowMs - known.lastMs() > LONGEST_GAP_MS;
    Answers answers = new Answers(isNew ? nowMs : known.firstMs(), nowMs);
    byTopic.put(topic, answers);
    return answers.lastMs() - answers.firstMs() > LIMIT.toMillis();
  }
}
