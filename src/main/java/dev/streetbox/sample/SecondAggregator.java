package dev.streetbox.sample;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one fast part said within one second, until it is taken. Used by the bus's thread only. */
final class SecondAggregator {
  /** The end of a second that nothing was said in. */
  static final long NEVER = Long.MAX_VALUE;

  private static final long LENGTH_MS = 1000;

  private final Map<Quantity, List<Double>> readings = new EnumMap<>(Quantity.class);
  private final Set<Quality> flags = EnumSet.noneOf(Quality.class);
  private long endTickMs = NEVER;

  /** Where the second ends, a whole second of the boot; {@link #NEVER} while it is empty. */
  long endTickMs() {
    return endTickMs;
  }

  /**
   * Adds a sample. The first one fixes the second: the one that its tick falls into or ends.
   *
   * @param tickMs when the reading was due; never beyond the end
   */
  void add(Sample sample, long tickMs) {
    endTickMs = Math.min(endTickMs, -Math.floorDiv(-tickMs, LENGTH_MS) * LENGTH_MS);
    sample
        .readings()
        .forEach(
            (quantity, value) ->
                readings.computeIfAbsent(quantity, q -> new ArrayList<>()).add(value));
    flags.addAll(sample.flags());
  }

  /** The second as one sample, each quantity reduced its own way, all flags united; then empty. */
  Sample take() {
    Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
    readings.forEach((quantity, all) -> values.put(quantity, quantity.reduce(all)));
    Sample whole = new Sample(values, flags);
    clear();
    return whole;
  }

  /** Forgets what was said. */
  void clear() {
    readings.clear();
    flags.clear();
    endTickMs = NEVER;
  }
}
