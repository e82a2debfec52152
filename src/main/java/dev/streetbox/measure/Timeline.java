package dev.streetbox.measure;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/**
 * Computes the time of day of one boot's ticks from its anchors: linearly between two anchors, by
 * the nearest anchor's offset outside them. Estimates are used only if there is no other anchor. If
 * anchors contradict each other, the later ones are used, because an anchor after a jump is stored
 * only once a second reading has confirmed the jump. Immutable.
 */
public final class Timeline {
  private final List<Anchor> anchors;
  private final OptionalLong latestStartMs;

  /**
   * @param anchors the anchors of one boot, in any order
   * @throws IllegalArgumentException if there are none, because every boot begins with an estimate
   */
  public Timeline(List<Anchor> anchors) {
    this(chain(anchors), OptionalLong.empty());
  }

  private Timeline(List<Anchor> anchors, OptionalLong latestStartMs) {
    this.anchors = anchors;
    this.latestStartMs = latestStartMs;
  }

  /**
   * Selects the anchors to use, by tick: from the last one backwards each that agrees with the one
   * selected before it.
   */
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
   * Returns the timeline under the knowledge that the boot began at a time or earlier. An estimated
   * start after that time moves to it, and earlier by the slack as far as the estimate's
   * uncertainty allows; trusted timelines stay as they are.
   *
   * @param startMs the latest start, in ms UTC since 1970
   * @param slackMs how much earlier than that the boot probably began, in ms
   */
  public Timeline withLatestStart(long startMs, long slackMs) {
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

  /** Returns whether no clock was trusted in this boot. */
  public boolean isEstimate() {
    return anchors.get(0).source() == TimeSource.EST;
  }

  /**
   * Returns the time source at a tick: that of the anchor before the tick, or else of the first
   * anchor.
   */
  public TimeSource source(long tickMs) {
    return anchors.get(Math.max(0, after(tickMs) - 1)).source();
  }

  /** Returns UTC in ms since 1970 at a tick of the boot; it never decreases as ticks increase. */
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

  /** Returns UTC in ms since 1970 at tick 0, the boot's start. */
  public long startMs() {
    return utcMs(0);
  }

  /** Returns the earliest possible start, in ms UTC since 1970, of an estimated timeline. */
  public OptionalLong earliestStartMs() {
    Anchor first = anchors.get(0);
    return isEstimate()
        ? OptionalLong.of(first.offsetMs() - first.uncertaintyMs())
        : OptionalLong.empty();
  }

  /**
   * Returns the latest possible start, in ms UTC since 1970, of an estimated timeline that {@link
   * #withLatestStart} limited.
   */
  public OptionalLong latestStartMs() {
    return latestStartMs;
  }

  /**
   * Returns whether rows dated by the other timeline need a correction: this one differs in trust,
   * in the latest start, or by more than {@link Anchor#STEP_MS}.
   */
  public boolean corrects(Timeline other) {
    return isEstimate() != other.isEstimate()
        || !latestStartMs.equals(other.latestStartMs)
        || Math.abs(startMs() - other.startMs()) > Anchor.STEP_MS;
  }

  /** Returns the number of anchors at the tick or before it. */
  private int after(long tickMs) {
    int after = 0;
    int end = anchors.size();
    while (after < end) {
      int middle = (after + end) / 2;
      if (anchors.get(middle).tickMs() <= tickMs) {
        after = middle + 1;
      } else {
        end = middle;
      }
    }
    return after;
  }
}
