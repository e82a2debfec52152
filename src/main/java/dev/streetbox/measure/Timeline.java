package dev.streetbox.measure;

import java.util.Comparator;
import java.util.List;

/**
 * The time of day along one boot: immutable, computed from its anchors. Between two anchors of the
 * best source known, drift is spread evenly; outside them the nearest holds.
 */
public final class Timeline {
  private final List<Anchor> anchors;

  /**
   * @param anchors the anchors of one boot, in any order; only those of the best source are used
   * @throws IllegalArgumentException if there are none: every boot begins with an estimate
   */
  public Timeline(List<Anchor> anchors) {
    TimeSource best =
        anchors.stream()
            .map(Anchor::source)
            .min(Comparator.naturalOrder())
            .orElseThrow(() -> new IllegalArgumentException("a boot without an anchor"));
    this.anchors =
        anchors.stream()
            .filter(anchor -> anchor.source() == best)
            .sorted(Comparator.comparingLong(Anchor::tickMs))
            .toList();
  }

  /** Where the times come from. */
  public TimeSource source() {
    return anchors.get(0).source();
  }

  /** UTC in milliseconds since 1970 at a tick of the boot. Never decreases as ticks increase. */
  public long utcMs(long tickMs) {
    int after = 0;
    while (after < anchors.size() && anchors.get(after).tickMs() <= tickMs) {
      after++;
    }
    if (after == 0 || after == anchors.size()) {
      Anchor nearest = anchors.get(after == 0 ? 0 : after - 1);
      return nearest.utcMs() + tickMs - nearest.tickMs();
    }
    Anchor left = anchors.get(after - 1);
    Anchor right = anchors.get(after);
    double share = (double) (tickMs - left.tickMs()) / (right.tickMs() - left.tickMs());
    return left.utcMs() + Math.round(share * (right.utcMs() - left.utcMs()));
  }
}
