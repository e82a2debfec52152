package dev.streetbox.outbox;

import dev.streetbox.datadir.BootFile;
import dev.streetbox.datadir.ClockFile;
import dev.streetbox.measure.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.NavigableMap;

/**
 * What is known of the time of day while a boot begins: it is later than all that was before. Told
 * by the anchors in the store, or, should the store be lost, by {@link ClockFile}.
 *
 * @param believedMs the time of day that was believed last, and what is known to have passed since,
 *     in ms since 1970; 0 if none ever was
 * @param endedMs when the last boot ended, if need be by an estimate; not before {@code believedMs}
 */
public record LastKnownTime(long believedMs, long endedMs) {
  /** What a data folder tells; never fails, for a lost floor is no reason not to measure. */
  public static LastKnownTime of(Path dataDir) {
    LastKnownTime stored = new LastKnownTime(0, 0);
    try (StoreView view = StoreView.open(dataDir)) {
      stored = of(view.ledgers().headMap(BootFile.FIRST_DRAWN, false));
    } catch (IOException e) {
      // None yet, or damaged: the committer finds out, and says so.
    }
    long believedMs = stored.believedMs > 0 ? stored.believedMs : ClockFile.read(dataDir).orElse(0);
    return new LastKnownTime(believedMs, Math.max(believedMs, stored.endedMs));
  }

  private static LastKnownTime of(NavigableMap<Integer, Ledger> boots) {
    LastKnownTime lastKnownTime = new LastKnownTime(0, 0);
    for (Ledger boot : boots.values()) {
      Timeline timeline = TimelineResolver.of(boots, boot.boot());
      long lastMs = timeline.utcMs(boot.lastTickMs());
      long endMs = lastMs + boot.unsavedMs();
      if (!timeline.isEstimate()) {
        // The last word counts, also if it is earlier: else one wrong clock would rule for ever.
        lastKnownTime = new LastKnownTime(lastMs, endMs);
      } else {
        long believedMs =
            lastKnownTime.believedMs > 0 ? lastKnownTime.believedMs + boot.lastTickMs() : 0;
        lastKnownTime = new LastKnownTime(believedMs, Math.max(endMs, lastKnownTime.endedMs));
      }
    }
    return lastKnownTime;
  }
}
