package dev.streetbox.publish;

import dev.streetbox.bus.Backoff;
import dev.streetbox.outbox.Outbox;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides whether rows and events may be sent that were measured under another id than the present
 * one. A broker that denies the other id's topics, or closes because of them, must not hold up the
 * box's own. One object serves one topic. Used by the publisher's thread; all times are of the
 * rows' clock.
 */
final class OtherIds {
  private static final Duration LONGEST_HOLD = Duration.ofHours(1);

  private final PublishedNames names;
  private final Outbox outbox;
  private final Map<String, Backoff> backoffs = new HashMap<>();
  private final Map<String, Long> heldUntilMs = new HashMap<>();

  OtherIds(PublishedNames names, Outbox outbox) {
    this.names = names;
    this.outbox = outbox;
  }

  /** Returns the id of a boot that was measured under another one; else the present id. */
  String idOf(int boot) {
    return names.of(boot).box();
  }

  /** Returns whether a boot is published under another id than the running one. */
  boolean isOther(int boot) {
    return boot != outbox.boot() && !idOf(boot).equals(idOf(outbox.boot()));
  }

  /** Returns whether nothing of a boot may be sent now. */
  boolean isHeld(int boot, long nowMs) {
    return !heldUntilMs.isEmpty()
        && boot != outbox.boot()
        && heldUntilMs.getOrDefault(idOf(boot), Long.MIN_VALUE) > nowMs;
  }

  /** Returns whether something waits that may be sent later. */
  boolean isWaiting(long nowMs) {
    return heldUntilMs.values().stream().anyMatch(until -> until > nowMs);
  }

  /** Holds the id of a boot, for 5 min, doubling to an hour. */
  void hold(int boot, long nowMs) {
    String id = idOf(boot);
    if (!isHeld(boot, nowMs)) {
      Backoff backoff =
          backoffs.computeIfAbsent(id, any -> new Backoff(TopicBackoff.HOLD, LONGEST_HOLD));
      heldUntilMs.put(id, nowMs + backoff.next().toMillis());
    }
  }

  /** Notes that the broker took something under the id of a boot. */
  void release(int boot) {
    backoffs.remove(idOf(boot));
    heldUntilMs.remove(idOf(boot));
  }
}
