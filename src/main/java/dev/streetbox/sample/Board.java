package dev.streetbox.sample;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Holds the latest samples of every sensor: samplers post them, the recorder reads them once a
 * second.
 *
 * <p>A sensor's newest sample replaces the previous one as a whole. A few older samples are kept,
 * so that a row composed after its second has ended still gets the samples of that second.
 *
 * <p>Safe for all threads: every method accesses the only mutable state, the posts, under this
 * object's monitor; samples are immutable, and only collections and samples are called while the
 * monitor is held. No method waits for anything else, so a hung bus cannot delay the recorder, and
 * a sampler waits at most as long as one row's composition takes.
 */
public final class Board {
  /** Keeps at least two seconds of the fastest stream (a Plantower sends at most every 200 ms). */
  private static final int SAMPLES_KEPT = 16;

  /** The quantities of one position, which must not be mixed with another position's. */
  private static final Set<Quantity> POINT =
      EnumSet.of(Quantity.LAT, Quantity.LON, Quantity.HACC, Quantity.ALT);

  private record Post(Sample sample, long tickMs, long freshMs) {
    private boolean isFreshAt(long tick) {
      return tickMs <= tick && tick - tickMs < freshMs;
    }

    private boolean isWithinGrace(long tick, long graceMs) {
      return tickMs > tick && tickMs <= tick + graceMs;
    }
  }

  /**
   * Holds a quantity's last measured value.
   *
   * @param sensor the name of the sensor that measured the value
   * @param value the value in the quantity's unit
   * @param tickMs when the value was measured, in ms since the boot began
   */
  public record Latest(String sensor, double value, long tickMs) {}

  private final Map<String, Deque<Post>> posts = new LinkedHashMap<>();

  /**
   * Makes an empty board.
   *
   * @param sensorsInOrder the names that may post; if two sensors give a quantity, the first one's
   *     value is used
   */
  public Board(List<String> sensorsInOrder) {
    sensorsInOrder.forEach(sensor -> posts.put(sensor, new ArrayDeque<>()));
  }

  /**
   * Posts a sensor's sample.
   *
   * @param tickMs when the sample was measured; not before the sensor's last post
   * @param fresh how long the sample is valid
   * @throws IllegalArgumentException if the constructor was not given this sensor
   */
  public synchronized void post(String sensor, Sample sample, long tickMs, Duration fresh) {
    Deque<Post> kept = samplesOf(sensor);
    if (kept.size() == SAMPLES_KEPT) {
      kept.removeFirst();
    }
    kept.addLast(new Post(sample, tickMs, fresh.toMillis()));
  }

  /**
   * Removes all samples of a sensor that no longer runs, so that its quantities are absent rather
   * than stale.
   *
   * @throws IllegalArgumentException if the constructor was not given this sensor
   */
  public synchronized void clear(String sensor) {
    samplesOf(sensor).clear();
  }

  /**
   * Returns the sample of the second that ends at a tick. Of each sensor the newest sample measured
   * at or before the tick is used, if the sample is still fresh; otherwise the first one measured
   * within {@code grace} after the tick, since a read that was due in the second may end a little
   * later. Flags are united; {@link Quality#STALE} is set if a sensor with a sample before the tick
   * has none to use.
   *
   * <p>Latitude, longitude, accuracy and height come from one sample, the first in order with
   * latitude and longitude, or are absent.
   *
   * @param tickMs the end of the second
   * @param grace the time since the tick that the caller has waited
   */
  public synchronized Sample at(long tickMs, Duration grace) {
    Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
    Set<Quality> flags = EnumSet.noneOf(Quality.class);
    for (Deque<Post> kept : posts.values()) {
      Optional<Sample> current = current(kept, tickMs, grace.toMillis());
      current.ifPresent(sample -> merge(sample, readings));
      current.ifPresent(sample -> flags.addAll(sample.flags()));
      if (current.isEmpty() && kept.stream().anyMatch(post -> post.tickMs() <= tickMs)) {
        flags.add(Quality.STALE);
      }
    }
    return new Sample(readings, flags);
  }

  /**
   * Returns the fresh value of one quantity, for a part that needs another part's reading (humidity
   * for a gas sensor).
   *
   * @param tickMs now
   */
  public synchronized OptionalDouble latest(Quantity quantity, long tickMs) {
    return posts.values().stream()
        .flatMap(kept -> current(kept, tickMs, 0).stream())
        .map(sample -> sample.get(quantity))
        .filter(OptionalDouble::isPresent)
        .findFirst()
        .orElse(OptionalDouble.empty());
  }

  /**
   * Returns one sensor's newest sample, if the sample is fresh.
   *
   * @throws IllegalArgumentException if the constructor was not given this sensor
   */
  public synchronized Optional<Sample> latest(String sensor, long tickMs) {
    return current(samplesOf(sensor), tickMs, 0);
  }

  /**
   * Returns the newest value of every quantity that running sensors have posted, fresh or not.
   * Positions are included without regard to privacy zones, so a caller must not show them.
   */
  public synchronized Map<Quantity, Latest> latest() {
    Map<Quantity, Latest> latest = new EnumMap<>(Quantity.class);
    posts.forEach((sensor, kept) -> kept.forEach(post -> takeNewest(sensor, post, latest)));
    return latest;
  }

  /**
   * Enters a post's values: a later post of the same sensor replaces them, a later sensor's does
   * not.
   */
  private static void takeNewest(String sensor, Post post, Map<Quantity, Latest> into) {
    post.sample()
        .readings()
        .forEach(
            (quantity, value) -> {
              Latest known = into.get(quantity);
              if (known == null || known.sensor().equals(sensor)) {
                into.put(quantity, new Latest(sensor, value, post.tickMs()));
              }
            });
  }

  private Deque<Post> samplesOf(String sensor) {
    Deque<Post> kept = posts.get(sensor);
    if (kept == null) {
      throw new IllegalArgumentException("no sensor " + sensor + " on the board");
    }
    return kept;
  }

  private static Optional<Sample> current(Deque<Post> kept, long tickMs, long graceMs) {
    Optional<Post> newest =
        kept.stream().filter(post -> post.isFreshAt(tickMs)).reduce((older, newer) -> newer);
    return newest
        .or(() -> kept.stream().filter(post -> post.isWithinGrace(tickMs, graceMs)).findFirst())
        .map(Post::sample);
  }

  private static void merge(Sample sample, Map<Quantity, Double> into) {
    Set<Quantity> measured = sample.readings().keySet();
    boolean takePoint =
        !into.containsKey(Quantity.LAT)
            && measured.contains(Quantity.LAT)
            && measured.contains(Quantity.LON);
    sample
        .readings()
        .forEach(
            (quantity, value) -> {
              if (takePoint || !POINT.contains(quantity)) {
                into.putIfAbsent(quantity, value);
              }
            });
  }
}
