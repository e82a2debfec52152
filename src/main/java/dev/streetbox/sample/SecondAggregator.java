package dev.streetbox.sample;

import dev.streetbox.measure.Mean;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects the samples of one second of a part that is read more than once a second. Used by the
 * bus's thread only.
 */
final class SecondAggregator {
  /** The end of a second without a sample. */
  static final long NEVER = Long.MAX_VALUE;

  private static final long LENGTH_MS = 1000;

  private final Map<Quantity, List<Double>> readings = new EnumMap<>(Quantity.class);
  private final Set<Quality> flags = EnumSet.noneOf(Quality.class);
  private long endTickMs = NEVER;
  private int samples;

  /**
   * Returns the end of the second, a whole second of the boot; {@link #NEVER} if there is no
   * sample.
   */
  long endTickMs() {
    return endTickMs;
  }

  /**
   * Adds a sample. The first sample's tick determines the second, which contains the tick or ends
   * at it.
   *
   * @param tickMs when the reading was due; not beyond the second's end
   */
  void add(Sample sample, long tickMs) {
    endTickMs = Math.min(endTickMs, -Math.floorDiv(-tickMs, LENGTH_MS) * LENGTH_MS);
    sample
        .readings()
        .forEach(
            (quantity, value) ->
                readings.computeIfAbsent(quantity, q -> new ArrayList<>()).add(value));
    flags.addAll(sample.flags());
    samples++;
  }

  /**
   * Returns the second as one sample, each quantity reduced by its kind of mean, all flags united;
   * clears the second. A maximum that a sample lacks is left out, because the second's may have
   * been there.
   */
  Sample take() {
    Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
    readings.forEach(
        (quantity, all) -> {
          if (quantity.mean() != Mean.MAXIMUM || all.size() == samples) {
            values.put(quantity, quantity.reduce(all));
          }
        });
    Sample whole = new Sample(values, flags);
    clear();
    return whole;
  }

  /** Discards the samples. */
  void clear() {
    readings.clear();
    flags.clear();
    samples = 0;
    endTickMs = NEVER;
  }
}
