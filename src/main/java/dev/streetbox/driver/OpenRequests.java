package dev.streetbox.driver;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Counts the requests to a part that are not answered yet, because a late answer is an answer,
 * whereas a frame that nobody requested shows that the part lost its supply and sends by itself
 * again. For one thread.
 */
final class OpenRequests {
  /** Time after which an answer no longer comes. */
  private static final long LIFE_MS = 10_000;

  /**
   * Number of requests without an answer from which frames are the part's own: a part that answers
   * late has two at most, whereas one that sends once in 2.3 s leaves more than half of the
   * requests open.
   */
  private static final int LIMIT = 4;

  private final Deque<Long> ticks = new ArrayDeque<>();

  /** Adds a request. */
  void add(long nowMs) {
    ticks.addLast(nowMs);
  }

  /**
   * Takes frames as the answers to the oldest requests.
   *
   * @return whether there are frames, and they cannot all be answers
   */
  boolean areUnrequested(int frames, long nowMs) {
    ticks.removeIf(tick -> nowMs - tick > LIFE_MS);
    boolean unrequested = frames > ticks.size() || (frames > 0 && ticks.size() >= LIMIT);
    for (int i = 0; i < frames && !ticks.isEmpty(); i++) {
      ticks.removeFirst();
    }
    return unrequested;
  }

  /** Drops all requests, because the part was set anew. */
  void clear() {
    ticks.clear();
  }
}
