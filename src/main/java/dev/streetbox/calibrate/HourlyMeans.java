package dev.streetbox.calibrate;

import dev.streetbox.measure.Mean;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.RunningMean;
import dev.streetbox.measure.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * Computes the hourly means of one quantity from the rows without a quality flag of the quantity's
 * group. An hour counts if three quarters of its seconds have such a row. Used by one thread.
 */
public final class HourlyMeans {
  /** The length of an hour in ms; hours are those of UTC. */
  public static final long LENGTH_MS = 3_600_000;

  private static final int MIN_ROWS = 2_700;

  private final Quantity quantity;
  private final Set<Quality> disqualifying;
  private final Map<Long, RunningMean> hours = new TreeMap<>();

  /**
   * Makes means without any row.
   *
   * @param quantity a quantity that has a mean; of any other, no hour counts
   */
  public HourlyMeans(Quantity quantity) {
    this.quantity = quantity;
    this.disqualifying = quantity.group().flags();
  }

  /** Adds a row, measured at that time in ms UTC since 1970. */
  public void add(long utcMs, Sample row) {
    OptionalDouble value = row.get(quantity);
    boolean averaged = quantity.mean() != Mean.LATEST;
    if (!averaged || value.isEmpty() || row.flags().stream().anyMatch(disqualifying::contains)) {
      return;
    }
    long hour = utcMs / LENGTH_MS * LENGTH_MS;
    hours.computeIfAbsent(hour, begun -> new RunningMean(quantity.mean())).add(value.getAsDouble());
  }

  /**
   * Returns the hours that count here and that the reference has.
   *
   * @param reference the reference's means by the begin of each hour in ms UTC since 1970
   */
  public List<Fit.Pair> pairs(NavigableMap<Long, Double> reference) {
    List<Fit.Pair> pairs = new ArrayList<>();
    hours.forEach(
        (hour, mean) -> {
          if (mean.count() >= MIN_ROWS && reference.containsKey(hour)) {
            mean.value().ifPresent(value -> pairs.add(new Fit.Pair(reference.get(hour), value)));
          }
        });
    return pairs;
  }
}
