package dev.streetbox.outbox;

import dev.streetbox.measure.Timeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.regex.Pattern;

/**
 * What is known of the time of day while a boot begins: it is later than all that was before. Told
 * by the anchors in the store, or, should the store be lost, by file {@code clock} beside it.
 *
 * @param believedMs the time of day that was believed last, and what is known to have passed since,
 *     in ms since 1970; 0 if none ever was
 * @param endedMs when the last boot ended, if need be by an estimate; not before {@code believedMs}
 */
public record Floor(long believedMs, long endedMs) {
  private static final String NAME = "clock";

  /** Up to the year 5138. */
  private static final Pattern FORM = Pattern.compile("\\d{1,14}\n");

  /** What a data folder tells; never fails, for a lost floor is no reason not to measure. */
  public static Floor of(Path dataDir) {
    Floor stored = new Floor(0, 0);
    try (StoreView view = StoreView.open(dataDir)) {
      stored = of(view.ledgers().headMap(BootCounter.FIRST_DRAWN, false));
    } catch (IOException e) {
      // None yet, or damaged: the committer finds out, and says so.
    }
    long believedMs = stored.believedMs > 0 ? stored.believedMs : kept(dataDir);
    return new Floor(believedMs, Math.max(believedMs, stored.endedMs));
  }

  private static Floor of(NavigableMap<Integer, Ledger> boots) {
    Floor floor = new Floor(0, 0);
    for (Ledger boot : boots.values()) {
      Timeline timeline = Dating.of(boots, boot.boot());
      long lastMs = timeline.utcMs(boot.lastTickMs());
      long endMs = lastMs + boot.unsavedMs();
      if (!timeline.isEstimate()) {
        // The last word counts, also if it is earlier: else one wrong clock would rule for ever.
        floor = new Floor(lastMs, endMs);
      } else {
        long believedMs = floor.believedMs > 0 ? floor.believedMs + boot.lastTickMs() : 0;
        floor = new Floor(believedMs, Math.max(endMs, floor.endedMs));
      }
    }
    return floor;
  }

  private static long kept(Path dataDir) {
    try {
      String text = Files.readString(dataDir.resolve(NAME), StandardCharsets.ISO_8859_1);
      return FORM.matcher(text).matches() ? Long.parseLong(text.strip()) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** Keeps a time that is believed, for the day the store is lost; durable when this returns. */
  static void keep(Path dataDir, long utcMs) throws IOException {
    PrivateFiles.replace(dataDir.resolve(NAME), utcMs + "\n");
  }
}
