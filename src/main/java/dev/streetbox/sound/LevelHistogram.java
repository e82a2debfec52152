package dev.streetbox.sound;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Counts sound levels in classes of 0.1 dB, to compute the levels exceeded for a share of the time
 * (L10, L50, L90). Histograms of several intervals can be added, unlike percentiles. Not safe for
 * use by several threads at once.
 */
public final class LevelHistogram {
  private static final double CLASSES_PER_DB = 10;
  private static final int LOWEST_DB = 0;
  private static final int HIGHEST_DB = 150;

  private final long[] counts = new long[(HIGHEST_DB - LOWEST_DB) * (int) CLASSES_PER_DB + 1];
  private long total;

  /**
   * Counts one level.
   *
   * @param levelDb in dB; a level outside 0 to 150 dB counts as the nearer limit
   */
  public void add(double levelDb) {
    // Rounded to the nearest class, because truncation would lower every level by 0.05 dB.
    double nearest = Math.floor((levelDb - LOWEST_DB) * CLASSES_PER_DB + 0.5);
    counts[(int) Math.max(0, Math.min(counts.length - 1, nearest))]++;
    total++;
  }

  /** Adds another histogram's counts. */
  public void add(LevelHistogram other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    total += other.total;
  }

  /** Resets all counts to 0. */
  public void clear() {
    Arrays.fill(counts, 0);
    total = 0;
  }

  /** Returns the number of levels counted. */
  public long count() {
    return total;
  }

  /**
   * Returns the level exceeded for a share of the time, as L10 for 10.
   *
   * @param percent above 0, below 100
   * @return the level in dB, to 0.1 dB; empty if no level was counted
   */
  public OptionalDouble exceeded(double percent) {
    long above = 0;
    for (int i = counts.length - 1; i >= 0; i--) {
      above += counts[i];
      if (above > percent / 100 * total) {
        return OptionalDouble.of(LOWEST_DB + i / CLASSES_PER_DB);
      }
    }
    return OptionalDouble.empty();
  }
}
