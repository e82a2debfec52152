package dev.streetbox.calibrate;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * The hourly means of one quantity, of the rows that may be compared: levels by energy, and none of
 * a row whose quality says that the part warmed up, failed, hung, or was in air too damp for it. An
 * hour counts with three quarters of its seconds. Used by one thread.
 */
public final class Hours {
  /** How long an hour is in ms; the hours begin with those of UTC. */
  public static final long LENGTH_MS = 3_600_000;

  private static final int LEAST_ROWS = 2_700;

  private static final Set<Quality> PM =
      EnumSet.of(Quality.PM_WARMUP, Quality.PM_HUMID, Quality.PM_FAULT, Quality.PM_STUCK);
  private static final Set<Quality> NOISE =
      EnumSet.of(
          Quality.NOISE_MOTION,
          Quality.NOISE_OVERLOAD,
          Quality.NOISE_FLOOR,
          Quality.NOISE_STUCK,
          Quality.NOISE_CALIBRATOR);
  private static final Set<Quality> GAS =
      EnumSet.of(Quality.GAS_WARMUP, Quality.GAS_FAULT, Quality.GAS_STUCK);

  private final Quantity quantity;
  private final boolean level;
  private final Set<Quality> against;
  private final Map<Long, Sum> hours = new TreeMap<>();

  private static final class Sum {
    private double total;
    private int rows;
  }

  /** No hour of a quantity yet. */
  public Hours(Quantity quantity) {
    this.quantity = quantity;
    this.level = quantity == Quantity.LAEQ;
    String key = quantity.key();
    this.against = key.startsWith("pm") ? PM : level ? NOISE : GAS;
  }

  /** A row, measured at that time in ms since 1970. */
  public void add(long utcMs, Sample row) {
    OptionalDouble value = row.get(quantity);
    if (value.isEmpty() || row.flags().stream().anyMatch(against::contains)) {
      return;
    }
    Sum sum = hours.computeIfAbsent(utcMs / LENGTH_MS * LENGTH_MS, hour -> new Sum());
    sum.total += level ? Math.pow(10, value.getAsDouble() / 10) : value.getAsDouble();
    sum.rows++;
  }

  /**
   * The hours that count here and that the reference has.
   *
   * @param reference its means by the beginning of each hour in ms since 1970
   */
  public List<Fit.Pair> pairs(NavigableMap<Long, Double> reference) {
    List<Fit.Pair> pairs = new ArrayList<>();
    hours.forEach(
        (hour, sum) -> {
          if (sum.rows >= LEAST_ROWS && reference.containsKey(hour)) {
            double mean = sum.total / sum.rows;
            pairs.add(new Fit.Pair(reference.get(hour), level ? 10 * Math.log10(mean) : mean));
          }
        });
    return pairs;
  }
}
