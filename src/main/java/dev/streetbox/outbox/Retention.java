package dev.streetbox.outbox;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses what the store deletes. At the size limit, the oldest rows with a fate are deleted first;
 * if there are none, the oldest rows of all are dropped and declared. Below the limit, acknowledged
 * rows are deleted after the configured time. Few chunks are deleted at a time, and SQLite reuses
 * their pages, so that the file neither shrinks nor grows.
 */
final class Retention {
  /** Chunks that one transaction deletes at most. */
  private static final int STEP = 256;

  /** Bytes that a chunk of ten seconds takes, with its share of the b-tree. */
  private static final int CHUNK_BYTES = 512;

  /** Bytes of free pages that are kept for the next commit. */
  private static final long SLACK_BYTES = 64 << 10;

  /** Bytes of the disk that are left to other programs. */
  private static final long RESERVE_BYTES = 32 << 20;

  /** Bytes to which a store may grow even on a full disk: about an hour of rows. */
  private static final long LEAST_BYTES = 1 << 20;

  /** Interval of deletions by age; rows that are deleted together free whole pages. */
  private static final Duration EXPIRY_PERIOD = Duration.ofHours(1);

  private final Outbox outbox;
  private final Store store;
  private final StoreSettings settings;
  private final Time time;
  private long expiryMs;

  /** Applies the settings to one store. */
  Retention(Outbox outbox, Store store, StoreSettings settings, Time time) {
    this.outbox = outbox;
    this.store = store;
    this.settings = settings;
    this.time = time;
    this.expiryMs = EXPIRY_PERIOD.toMillis();
  }

  /**
   * Returns what the next commit deletes; rows that this drops are already dropped in the outbox.
   */
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
   * Returns the bytes that the store may use.
   *
   * @param maxBytes the configured limit
   * @param fileBytes the store's size on disk now
   * @param usableBytes the free bytes of the disk
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
    List<Range> oldest = store.oldest(count).stream().map(ChunkInfo::range).toList();
    oldest.forEach(range -> outbox.drop(range, Reason.STORE_FULL));
    return oldest;
  }

  /** Returns chunks of old rows with a fate; none while the time of day is an estimate. */
  private List<Range> expired() throws IOException {
    List<Range> expired = new ArrayList<>();
    Timeline now = outbox.timeline(outbox.boot());
    if (now.isEstimate()) {
      return expired;
    }
    long before = now.utcMs(time.tickMs()) - settings.keepAcknowledged().toMillis();
    for (Range range : outbox.commitQueue().settled()) {
      Timeline timeline = outbox.timeline(range.boot());
      List<ChunkInfo> chunks = store.chunks(range, STEP - expired.size());
      List<ChunkInfo> old =
          chunks.stream().takeWhile(info -> timeline.utcMs(info.tickMs()) < before).toList();
      old.forEach(info -> expired.add(info.range()));
      if (old.size() < chunks.size() || expired.size() >= STEP) {
        break;
      }
    }
    return expired;
  }

  /** Returns the oldest boots without stored rows. */
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
