package dev.streetbox.outbox;

import dev.streetbox.datadir.BootFile;
import dev.streetbox.datadir.ClockFile;
import dev.streetbox.measure.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.NavigableMap;

/**
 * Bounds the time of day at the start of a boot from below, by the anchors of earlier boots in the
 * store or, if the store is lost, by {@link ClockFile}.
 *
 * @param believedMs the last believed time of day plus the running time since then, in ms since
 *     1970; 0 if no clock was ever believed
 * @param endedMs when the last boot ended, in ms since 1970, possibly an estimate; not before
 *     {@code believedMs}
 */
public record LastKnownTime(long believedMs, long endedMs) {
  /**
   * Reads the bounds of a data folder; 0 if nothing can be read, so that measuring always starts.
   */
  public static LastKnownTime of(Path dataDir) {
    LastKnownTime stored = new LastKnownTime(0, 0);
    try (StoreView view = StoreView.open(dataDir)) {
      stored = of(view.ledgers().headMap(BootFile.FIRST_DRAWN, false));
    } catch (IOException e) {
      // There is no store yet, or a damaged one, which the committer reports.
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
        // The last believed time counts even if it is earlier; else one wrong clock counts for
        // ever.
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
