package dev.streetbox.outbox;

import dev.streetbox.datadir.BootFile;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.measure.Timeline;
import java.util.List;
import java.util.NavigableMap;

/**
 * When a boot was. One that saw a trusted clock says so itself. One that never did was after the
 * boot before it, and before the first one after it that did, by as long as it and those between
 * took: its own estimate is moved as little as that takes.
 */
final class TimelineResolver {
  private TimelineResolver() {}

  /** What dates the rows of a boot; of one that is not known, an estimate that begins in 1970. */
  static Timeline of(NavigableMap<Integer, Ledger> ledgers, int boot) {
    Ledger of = ledgers.getOrDefault(boot, new Ledger(boot));
    // Numbers that were drawn tell no order: such boots bound nothing, and nothing bounds them.
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

  /** The boot's time, which an estimate does not begin before the end of the boot before it. */
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

  /** The boot's time, which an estimate does not begin too late for the boots after it. */
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
