package dev.streetbox.outbox;

import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.measure.Timeline;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * When a boot was. One that saw a trusted clock says so itself. One that never did was after the
 * boot before it and before the next one that did: its own estimate is moved as little as that
 * takes. A Pi without a clock of its own begins where it last was, so it is mostly too early.
 */
final class Dating {
  private Dating() {}

  /** What dates the rows of a boot; of one that is not known, an estimate that begins in 1970. */
  static Timeline of(NavigableMap<Integer, Ledger> ledgers, int boot) {
    long end = 0;
    for (Ledger earlier : ledgers.headMap(boot).values()) {
      if (!earlier.anchors().isEmpty()) {
        end = Math.max(end, after(earlier, end).utcMs(earlier.lastTickMs()));
      }
    }
    Ledger ledger = ledgers.getOrDefault(boot, new Ledger(boot));
    Timeline timeline = after(ledger, end);
    if (timeline.source() != TimeSource.EST) {
      return timeline;
    }
    long late = timeline.utcMs(ledger.lastTickMs()) - nextKnown(ledgers, boot);
    return late > 0 ? new Timeline(moved(ledger, timeline.utcMs(0) - late)) : timeline;
  }

  /** The boot's time, which an estimate does not begin before the end of the boot before it. */
  private static Timeline after(Ledger ledger, long endMs) {
    Timeline timeline = new Timeline(anchors(ledger));
    boolean early = timeline.source() == TimeSource.EST && timeline.utcMs(0) < endMs;
    return early ? new Timeline(moved(ledger, endMs)) : timeline;
  }

  private static long nextKnown(NavigableMap<Integer, Ledger> ledgers, int boot) {
    for (Map.Entry<Integer, Ledger> later : ledgers.tailMap(boot, false).entrySet()) {
      Timeline timeline = new Timeline(anchors(later.getValue()));
      if (timeline.source() != TimeSource.EST) {
        return timeline.utcMs(0);
      }
    }
    return Long.MAX_VALUE;
  }

  /** The boot's anchors, moved as one so that tick 0 is at that time. */
  private static List<Anchor> moved(Ledger ledger, long beginMs) {
    List<Anchor> anchors = anchors(ledger);
    long byMs = beginMs - new Timeline(anchors).utcMs(0);
    return anchors.stream()
        .map(
            anchor ->
                new Anchor(
                    anchor.boot(),
                    anchor.tickMs(),
                    anchor.utcMs() + byMs,
                    anchor.source(),
                    anchor.uncertaintyMs()))
        .toList();
  }

  private static List<Anchor> anchors(Ledger ledger) {
    return ledger.anchors().isEmpty()
        ? List.of(new Anchor(ledger.boot(), 0, 0, TimeSource.EST, 0))
        : ledger.anchors();
  }
}
