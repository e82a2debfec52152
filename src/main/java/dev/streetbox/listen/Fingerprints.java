package dev.streetbox.listen;

import dev.streetbox.measure.Quality;
import java.util.Map;

/**
 * Keeps a 32-bit hash of each of the last rows, to find a key that two different rows share. The
 * hash leaves the row's time out, because a row that is sent again may have a better time. At least
 * the last {@link #WINDOW} rows of all boxes together are kept, and at most twice as many; whether
 * an older row had another content is not known. Used by one thread.
 */
final class Fingerprints {
  /** The rows that are surely kept; of one box they are 14 hours. */
  static final int WINDOW = 50_000;

  private static final int SLOTS = Integer.highestOneBit(WINDOW) << 1;
  private static final long SPREAD = 0x9e3779b97f4a7c15L; // 2^64 divided by the golden ratio

  private final long seed;
  private Table recent = new Table();
  private Table older = new Table();

  /** Maps keys of rows, never 0, to hashes of their contents, by linear probing. */
  private static final class Table {
    private final long[] keys = new long[SLOTS];
    private final int[] contents = new int[SLOTS];
    private int size;

    private int slot(long key) {
      int slot = (int) (key >>> 32) & (SLOTS - 1);
      while (keys[slot] != 0 && keys[slot] != key) {
        slot = (slot + 1) & (SLOTS - 1);
      }
      return slot;
    }
  }

  /**
   * @param seed a random number, without which a sender could choose rows whose keys collide
   */
  Fingerprints(long seed) {
    this.seed = seed;
  }

  /**
   * Returns false if an earlier row of the same key had another content and is still kept.
   *
   * @param boot the number of the boot within the audit
   */
  boolean isSame(int boot, BoxMessage.SentRow row) {
    int content = fingerprint(row);
    long key = mixed(mixed(seed + boot) + row.seq()) | 1;
    for (Table table : new Table[] {recent, older}) {
      int slot = table.slot(key);
      if (table.keys[slot] == key) {
        return table.contents[slot] == content;
      }
    }
    add(key, content);
    return true;
  }

  private void add(long key, int content) {
    if (recent.size == WINDOW) {
      older = recent;
      recent = new Table();
    }
    int slot = recent.slot(key);
    recent.keys[slot] = key;
    recent.contents[slot] = content;
    recent.size++;
  }

  /** Spreads a number over all 64 bits (the finalizer of SplitMix64). */
  private static long mixed(long number) {
    long z = number + SPREAD;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  private static int fingerprint(BoxMessage.SentRow row) {
    long hash = 0xcbf29ce484222325L; // FNV-1a, 64 bits
    for (Map.Entry<String, String> field : row.fields().entrySet()) {
      switch (field.getKey()) {
        case "t", "tq" -> {}
        case "q" -> hash = hash(hash, timeless(field.getValue()));
        default -> {
          hash = hash(hash(hash, field.getKey()), "=");
          hash = hash(hash(hash, field.getValue()), ",");
        }
      }
    }
    return Long.hashCode(mixed(hash));
  }

  private static long hash(long before, String text) {
    long hash = before;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  private static String timeless(String flags) {
    try {
      return Integer.toString(Integer.parseInt(flags) & ~Quality.TIME_EST.bit());
    } catch (NumberFormatException e) {
      return flags;
    }
  }
}
