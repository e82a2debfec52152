package dev.streetbox.sound;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * How often each sound level occurred, in classes of 0.1 dB: from it follow the levels exceeded for
 * a share of the time (L10, L50, L90), and histograms of several intervals can be added up, which
 * percentiles cannot. Not safe for use by several threads at once.
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
   * @param levelDb in dB; beyond 0 to 150 it counts as that limit
   */
  public void add(double levelDb) {
    // To the nearest class: cutting off would make every level 0.05 dB too low.
    double nearest = Math.floor((levelDb - LOWEST_DB) * CLASSES_PER_DB + 0.5);
    counts[(int) Math.max(0, Math.min(counts.length - 1, nearest))]++;
    total++;
  }

  /** Adds all that another histogram has counted. */
  public void add(LevelHistogram other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    total += other.total;
  }

  /** Forgets all that was counted. */
  public void clear() {
    Arrays.fill(counts, 0);
    total = 0;
  }

  /** How many levels were counted. */
  public long count() {
    return total;
  }

  /**
   * The level exceeded for a share of the time, as L10 for 10.
   *
   * @param percent above 0, below 100
   * @return in dB, to 0.1 dB; nothing if nothing was counted
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
