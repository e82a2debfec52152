package dev.streetbox.sound;

import dev.streetbox.measure.Quantity;
import java.util.EnumMap;
import java.util.Map;

/**
 * Computes the percentile exceedance levels of whole minutes (ISO 1996-1): the F-time-weighted
 * level that was exceeded for 10, 50 and 90 % of sixty seconds without a gap (L10, L50, L90). Used
 * by one thread.
 */
public final class PercentileMinute {
  private static final int SECONDS = 60;

  private final LevelHistogram levels = new LevelHistogram();
  private int seconds;

  /** Counts a level, in dB; ten a second or more, evenly. */
  public void add(double levelDb) {
    levels.add(levelDb);
  }

  /**
   * Ends a second; returns L10, L50 and L90 in dB if it was the minute's sixtieth, and none
   * otherwise.
   */
  public Map<Quantity, Double> endSecond() {
    Map<Quantity, Double> percentiles = new EnumMap<>(Quantity.class);
    if (++seconds == SECONDS) {
      percentiles.put(Quantity.L10, levels.exceeded(10).orElseThrow());
      percentiles.put(Quantity.L50, levels.exceeded(50).orElseThrow());
      percentiles.put(Quantity.L90, levels.exceeded(90).orElseThrow());
      clear();
    }
    return percentiles;
  }

  /** Restarts the minute, after a gap. */
  public void clear() {
    levels.clear();
    seconds = 0;
  }
}
