package dev.streetbox.measure;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/**
 * The time of day along one boot: immutable, computed from its anchors. Between two anchors drift
 * is spread evenly, outside them the nearest holds. Estimates count only while there is nothing
 * else; and of anchors that contradict each other the later are right, for a jump is believed only
 * on a second opinion.
 */
public final class Timeline {
  private final List<Anchor> anchors;
  private final OptionalLong latestStartMs;

  /**
   * @param anchors the anchors of one boot, in any order
   * @throws IllegalArgumentException if there are none: every boot begins with an estimate
   */
  public Timeline(List<Anchor> anchors) {
    this(chain(anchors), OptionalLong.empty());
  }

  private Timeline(List<Anchor> anchors, OptionalLong latestStartMs) {
    this.anchors = anchors;
    this.latestStartMs = latestStartMs;
  }

  /** Those that count, by tick: from the last one back as far as each agrees with the next. */
  private static List<Anchor> chain(List<Anchor> anchors) {
    boolean known = anchors.stream().anyMatch(anchor -> anchor.source() != TimeSource.EST);
    List<Anchor> backwards =
        anchors.stream()
            .filter(anchor -> !known || anchor.source() != TimeSource.EST)
            .sorted(
                Comparator.comparingLong(Anchor::tickMs).reversed().thenComparing(Anchor::source))
            .toList();
    if (backwards.isEmpty()) {
      throw new IllegalArgumentException("a boot without an anchor");
    }
    Deque<Anchor> chain = new ArrayDeque<>();
    for (Anchor anchor : backwards) {
      if (chain.isEmpty() || precedes(anchor, chain.getFirst())) {
        chain.addFirst(anchor);
      }
    }
    return List.copyOf(chain);
  }

  private static boolean precedes(Anchor anchor, Anchor next) {
    return anchor.tickMs() < next.tickMs()
        && anchor.utcMs() <= next.utcMs()
        && anchor.agreesWith(next);
  }

  /**
   * The same, if it is known by when the boot had begun. An estimate that is later moves there, and
   * further by the slack, if there is room.
   *
   * @param startMs UTC in ms since 1970
   */
  public Timeline startedBy(long startMs, long slackMs) {
    if (!isEstimate()) {
      return this;
    }
    Anchor last = anchors.get(anchors.size() - 1);
    long lowestMs = Math.min(startMs, last.offsetMs() - last.uncertaintyMs());
    long likelyMs = Math.max(lowestMs, startMs - slackMs);
    long tooLateMs = Math.max(0, last.offsetMs() - likelyMs);
    Anchor moved =
        new Anchor(
            last.boot(),
            last.tickMs(),
            last.utcMs() - tooLateMs,
            TimeSource.EST,
            Math.max(0, last.uncertaintyMs() - tooLateMs));
    return new Timeline(List.of(moved), OptionalLong.of(startMs));
  }

  /** Whether no clock was ever trusted in this boot. */
  public boolean isEstimate() {
    return anchors.get(0).source() == TimeSource.EST;
  }

  /** Where the time at a tick comes from: the anchor before it, or else the first. */
  public TimeSource source(long tickMs) {
    return anchors.get(Math.max(0, after(tickMs) - 1)).source();
  }

  /** UTC in ms since 1970 at a tick of the boot. Never decreases as ticks increase. */
  public long utcMs(long tickMs) {
    int after = after(tickMs);
    if (after == 0 || after == anchors.size()) {
      return tickMs + anchors.get(after == 0 ? 0 : after - 1).offsetMs();
    }
    Anchor left = anchors.get(after - 1);
    Anchor right = anchors.get(after);
    double share = (double) (tickMs - left.tickMs()) / (right.tickMs() - left.tickMs());
    return left.utcMs() + Math.round(share * (right.utcMs() - left.utcMs()));
  }

  /** UTC in ms since 1970 when the boot began: at its tick 0. */
  public long startMs() {
    return utcMs(0);
  }

  /** The boot did not begin before this, in ms UTC, if it is an estimate. */
  public OptionalLong earliestStartMs() {
    Anchor first = anchors.get(0);
    return isEstimate()
        ? OptionalLong.of(first.offsetMs() - first.uncertaintyMs())
        : OptionalLong.empty();
  }

  /** The boot did not begin after this, in ms UTC, if it is an estimate and a later boot told. */
  public OptionalLong latestStartMs() {
    return latestStartMs;
  }

  /** Whether rows that were dated by the other must be told their right time. */
  public boolean corrects(Timeline other) {
    return isEstimate() != other.isEstimate()
        || !latestStartMs.equals(other.latestStartMs)
        || Math.abs(startMs() - other.startMs()) > Anchor.STEP_MS;
  }

  /** How many anchors lie at the tick or before it. */
  private int after(long tickMs) {
    int after = 0;
    while (after < anchors.size() && anchors.get(after).tickMs() <= tickMs) {
      after++;
    }
    return after;
  }
}
