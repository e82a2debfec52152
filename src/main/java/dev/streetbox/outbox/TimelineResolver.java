package dev.streetbox.outbox;

import dev.streetbox.datadir.BootFile;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.measure.Timeline;
import java.util.List;
import java.util.NavigableMap;

/**
 * Resolves the timeline of a boot. A boot with a believed clock is dated by its own anchors. A boot
 * without one began after the end of the boot before it, and ended before the start of the next
 * dated boot by at least the duration of the boots between. Its own estimate is moved as little as
 * these bounds need.
 */
final class TimelineResolver {
  private TimelineResolver() {}

  /** Returns the timeline of a boot; for an unknown boot an estimate that starts in 1970. */
  static Timeline of(NavigableMap<Integer, Ledger> ledgers, int boot) {
    Ledger of = ledgers.getOrDefault(boot, new Ledger(boot));
    // Drawn numbers have no order, so these boots neither bound others nor are bounded.
    if (!of.isEstimated() || boot >= BootFile.FIRST_DRAWN) {
      return own(of);
    }
    long endMs = 0;
    for (Ledger earlier : ledgers.headMap(boot).values()) {
      if (!earlier.anchors().isEmpty()) {
        endMs = Math.max(endMs, after(earlier, endMs).utcMs(earlier.lastTickMs()));
      }
    }
    return before(after(of, endMs), of, ledgers.subMap(boot, false, BootFile.FIRST_DRAWN, false));
  }

  /**
   * Returns a boot's timeline, moved so that an estimate starts after the end of the boot before.
   */
  private static Timeline after(Ledger boot, long endMs) {
    Timeline own = own(boot);
    long lateMs = endMs - own.startMs();
    if (!own.isEstimate() || lateMs <= 0) {
      return own;
    }
    long uncertaintyMs = own.startMs() - own.earliestStartMs().orElse(own.startMs());
    return new Timeline(
        List.of(new Anchor(boot.boot(), 0, endMs, TimeSource.EST, uncertaintyMs + lateMs)));
  }

  /** Returns a boot's timeline, limited so that it ends before the later boots start. */
  private static Timeline before(
      Timeline timeline, Ledger boot, NavigableMap<Integer, Ledger> later) {
    long lengthMs = boot.lastTickMs();
    long unsavedMs = boot.unsavedMs();
    for (Ledger next : later.values()) {
      if (!next.isEstimated()) {
        return timeline.withLatestStart(own(next).startMs() - lengthMs, unsavedMs);
      }
      lengthMs += next.lastTickMs();
      unsavedMs += next.unsavedMs();
    }
    return timeline;
  }

  private static Timeline own(Ledger boot) {
    return new Timeline(
        boot.anchors().isEmpty()
            ? List.of(new Anchor(boot.boot(), 0, 0, TimeSource.EST, 0))
            : boot.anchors());
  }
}
