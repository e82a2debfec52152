package dev.streetbox.outbox;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What leaves the store. At its limit, rows that need not be sent any more go first, the oldest
 * before the others; then the oldest of all, which are dropped and declared. Long before that, rows
 * go that have been with the broker for long enough. Few at a time; the pages they free are used
 * again, so that the file neither shrinks nor grows.
 */
final class Retention {
  /** Chunks that go in one transaction at most. */
  private static final int STEP = 256;

  /** A chunk of ten seconds takes about this much, with its share of the tree, in bytes. */
  private static final int CHUNK_BYTES = 512;

  /** Pages that are kept free for the next commit, in bytes. */
  private static final long SLACK_BYTES = 64 << 10;

  /** Left to everybody else on the disk. */
  private static final long RESERVE_BYTES = 32 << 20;

  /** A store may grow to this much even on a crowded disk: about an hour of rows. */
  private static final long LEAST_BYTES = 1 << 20;

  /** How often old rows are looked for: many at once free whole pages, one by one only halves. */
  private static final Duration EXPIRY_PERIOD = Duration.ofHours(1);

  private final Outbox outbox;
  private final Store store;
  private final StoreSettings settings;
  private final Time time;
  private long expiryMs;

  /** The rule for one store. */
  Retention(Outbox outbox, Store store, StoreSettings settings, Time time) {
    this.outbox = outbox;
    this.store = store;
    this.settings = settings;
    this.time = time;
    this.expiryMs = EXPIRY_PERIOD.toMillis();
  }

  /** What goes with the next commit; the outbox knows already of what is dropped by it. */
  Removal next() throws IOException {
    long excess =
        store.usedBytes()
            - limitBytes(settings.maxSizeBytes(), store.file().bytes(), store.file().usableBytes());
    if (excess > 0) {
      return new Removal(oldest((int) Math.min(STEP, excess / CHUNK_BYTES + 1)), List.of());
    }
    if (time.tickMs() < expiryMs) {
      return Removal.NONE;
    }
    List<Range> expired = expired();
    if (expired.size() < STEP) {
      expiryMs = time.tickMs() + EXPIRY_PERIOD.toMillis();
    }
    return new Removal(expired, empty());
  }

  /**
   * What the store may have in use.
   *
   * @param maxBytes what the configuration allows
   * @param fileBytes what it takes on disk now
   * @param usableBytes what the disk has left
   */
  static long limitBytes(long maxBytes, long fileBytes, long usableBytes) {
    long growth = Math.max(0, usableBytes - RESERVE_BYTES);
    long limit = Math.min(maxBytes, Math.max(LEAST_BYTES, fileBytes + growth));
    return limit - Math.min(SLACK_BYTES, limit / 8);
  }

  private List<Range> oldest(int count) throws IOException {
    List<Range> settled = new ArrayList<>();
    for (Range range : outbox.commitQueue().settled()) {
      store.chunks(range, count - settled.size()).forEach(info -> settled.add(info.range()));
      if (settled.size() >= count) {
        break;
      }
    }
    if (!settled.isEmpty()) {
      return settled;
    }
    List<Range> oldest = store.oldest(count).stream().map(ChunkTable.ChunkInfo::range).toList();
    oldest.forEach(range -> outbox.drop(range, Reason.STORE_FULL));
    return oldest;
  }

  /** Chunks that have been settled for long enough; none while the time of day is a guess. */
  private List<Range> expired() throws IOException {
    List<Range> expired = new ArrayList<>();
    Timeline now = outbox.timeline(outbox.boot());
    if (now.isEstimate()) {
      return expired;
    }
    long before = now.utcMs(time.tickMs()) - settings.keepAcknowledged().toMillis();
    for (Range range : outbox.commitQueue().settled()) {
      Timeline timeline = outbox.timeline(range.boot());
      List<ChunkTable.ChunkInfo> chunks = store.chunks(range, STEP - expired.size());
      List<ChunkTable.ChunkInfo> old =
          chunks.stream().takeWhile(info -> timeline.utcMs(info.tickMs()) < before).toList();
      old.forEach(info -> expired.add(info.range()));
      if (old.size() < chunks.size() || expired.size() >= STEP) {
        break;
      }
    }
    return expired;
  }

  /** The oldest boots, as far as there is nothing left of them. */
  private List<Integer> empty() throws IOException {
    List<Integer> boots = new ArrayList<>();
    for (int boot : outbox.commitQueue().finished()) {
      if (store.chunks(new Range(boot, 1, Chunk.LAST_SEQ), 1).isEmpty()) {
        boots.add(boot);
      } else {
        break;
      }
    }
    return boots;
  }
}
