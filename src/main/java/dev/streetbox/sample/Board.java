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
 * What every sensor last said: samplers post, the recorder asks once a second.
 *
 * <p>A sensor's newest sample replaces the one before as a whole. A few older ones are kept, so
 * that a row can be asked for after its second has ended and still gets what belongs to it.
 *
 * <p>Safe for all threads: its only mutable state, the posts, is reached under the monitor of this
 * object in every method; samples are immutable and no other object is called while it is held but
 * collections and samples. No method blocks on anything else, so a hung bus cannot delay the
 * recorder, and a sampler waits for the length of one composition at most.
 */
public final class Board {
  /** At least two seconds of the fastest stream (a Plantower speaks every 200 ms at most). */
  private static final int SAMPLES_KEPT = 16;

  /** What describes one point and is wrong beside another's latitude. */
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
   * A value as it was last measured.
   *
   * @param sensor who measured it
   * @param value in the quantity's unit
   * @param tickMs when, in ms since the boot began
   */
  public record Latest(String sensor, double value, long tickMs) {}

  private final Map<String, Deque<Post>> posts = new LinkedHashMap<>();

  /**
   * An empty board.
   *
   * @param sensorsInOrder the names that may post; where two give a quantity, the first wins
   */
  public Board(List<String> sensorsInOrder) {
    sensorsInOrder.forEach(sensor -> posts.put(sensor, new ArrayDeque<>()));
  }

  /**
   * Puts up what a sensor said.
   *
   * @param tickMs when it was measured; not before the sensor's last post
   * @param fresh how long it stands for the present
   * @throws IllegalArgumentException if no such sensor was announced
   */
  public synchronized void post(String sensor, Sample sample, long tickMs, Duration fresh) {
    Deque<Post> kept = samplesOf(sensor);
    if (kept.size() == SAMPLES_KEPT) {
      kept.removeFirst();
    }
    kept.addLast(new Post(sample, tickMs, fresh.toMillis()));
  }

  /**
   * Takes down everything a sensor said: it no longer runs, so that it is absent, not late.
   *
   * @throws IllegalArgumentException if no such sensor was announced
   */
  public synchronized void clear(String sensor) {
    samplesOf(sensor).clear();
  }

  /**
   * The second that ends at a tick. Of each sensor counts the newest sample measured at or before
   * the tick, while it is fresh; failing that, the first one measured within {@code grace} after
   * it, since a read that was due in the second may end a little later. Flags are united; {@link
   * Quality#STALE} says that a sensor which had spoken before the tick has nothing that counts.
   *
   * <p>Latitude, longitude, accuracy and height come from one sample, the first in order with a
   * whole position, or are absent.
   *
   * @param tickMs the end of the second
   * @param grace how long after the tick the caller has waited
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
   * The fresh value of one quantity, as one part needs it from another (humidity for a gas sensor).
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
   * What one sensor says now, if that is fresh.
   *
   * @throws IllegalArgumentException if no such sensor was announced
   */
  public synchronized Optional<Sample> latest(String sensor, long tickMs) {
    return current(samplesOf(sensor), tickMs, 0);
  }

  /**
   * The newest value of every quantity that a running sensor has given lately, fresh or not. It
   * knows no privacy: what is shown of it must not tell a place.
   */
  public synchronized Map<Quantity, Latest> latest() {
    Map<Quantity, Latest> latest = new EnumMap<>(Quantity.class);
    posts.forEach((sensor, kept) -> kept.forEach(post -> takeNewest(sensor, post, latest)));
    return latest;
  }

  /** Takes a sensor's later post; of two sensors, the first. */
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
