package dev.streetbox.sample;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds one sensor's latest samples, and since when it lacks which quantity. */
final class SensorPosts {
  /** A quantity may come from a later sensor when this one has lacked it for so long (ms). */
  static final long ABSENCE_MS = 60_000;

  /** Keeps at least two seconds of the fastest stream (a Plantower sends at most every 200 ms). */
  private static final int SAMPLES_KEPT = 16;

  /** A sensor with such a flag is present and will measure the flag's group. */
  private static final Set<Quality> WARM_UP = EnumSet.of(Quality.PM_WARMUP, Quality.GAS_WARMUP);

  private static final Set<Quantity> AIR = EnumSet.of(Quantity.TEMPERATURE, Quantity.HUMIDITY);

  private record Post(Sample sample, long tickMs, long freshMs) {
    private boolean isFreshAt(long tick) {
      return tickMs <= tick && tick - tickMs < freshMs;
    }

    private boolean isWithinGrace(long tick, long graceMs) {
      return tickMs > tick && tickMs <= tick + graceMs;
    }
  }

  /**
   * Holds when a quantity was measured.
   *
   * @param lastTickMs the latest time
   * @param returnedTickMs the end of the latest absence of {@link #ABSENCE_MS}
   */
  private record Presence(long lastTickMs, long returnedTickMs) {
    private Presence at(long tickMs) {
      return new Presence(tickMs, tickMs - lastTickMs >= ABSENCE_MS ? tickMs : returnedTickMs);
    }

    private boolean isAbsent(long tickMs) {
      return tickMs - lastTickMs >= ABSENCE_MS || tickMs < returnedTickMs;
    }
  }

  private final Set<Quantity> quantities;
  private final Presence start;
  private final Deque<Post> posts = new ArrayDeque<>();
  private final Map<Quantity, Presence> presences = new EnumMap<>(Quantity.class);
  private final Set<Quantity> measured = EnumSet.noneOf(Quantity.class);
  private boolean unflagged;
  private Sample air = Sample.NOTHING;
  private long airTickMs;

  /**
   * Holds the posts of a sensor that has posted nothing.
   *
   * @param quantities that the sensor can measure
   * @param startTickMs the time from which a missing first sample counts as an absence
   */
  SensorPosts(Set<Quantity> quantities, long startTickMs) {
    this.quantities = quantities;
    this.start = new Presence(startTickMs, Long.MIN_VALUE);
  }

  void add(Sample sample, long tickMs, long freshMs) {
    if (posts.size() == SAMPLES_KEPT) {
      posts.removeFirst();
    }
    posts.addLast(new Post(sample, tickMs, freshMs));
    measured.addAll(sample.readings().keySet());
    unflagged = sample.flags().isEmpty();
    if (sample.readings().keySet().containsAll(AIR)) {
      air = sample;
      airTickMs = tickMs;
    }
    sample.readings().keySet().forEach(quantity -> present(quantity, tickMs));
    for (Quality flag : sample.flags()) {
      if (WARM_UP.contains(flag)) {
        quantities.stream()
            .filter(quantity -> quantity.group() == flag.group())
            .forEach(quantity -> present(quantity, tickMs));
      }
    }
  }

  private void present(Quantity quantity, long tickMs) {
    presences.put(quantity, presences.getOrDefault(quantity, start).at(tickMs));
  }

  /** Removes the samples; what the sensor measured when is kept. */
  void clear() {
    posts.clear();
  }

  /** Returns whether there is a sample from before the end of a tick. */
  boolean hasSampleBefore(long tickMs) {
    for (Post post : posts) {
      if (post.tickMs() <= tickMs) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the newest sample that is fresh at a tick, else the first one of the grace after it.
   */
  Optional<Sample> current(long tickMs, long graceMs) {
    Post newest = null;
    Post withinGrace = null;
    for (Post post : posts) {
      if (post.isFreshAt(tickMs)) {
        newest = post;
      } else if (withinGrace == null && post.isWithinGrace(tickMs, graceMs)) {
        withinGrace = post;
      }
    }
    Post chosen = newest == null ? withinGrace : newest;
    return Optional.ofNullable(chosen).map(Post::sample);
  }

  /** Gives every reading with its tick, those of older samples first. */
  void forEachReading(ReadingConsumer action) {
    for (Post post : posts) {
      post.sample()
          .readings()
          .forEach((quantity, value) -> action.accept(quantity, value, post.tickMs()));
    }
  }

  /** Takes a reading and the tick of its measurement. */
  interface ReadingConsumer {
    void accept(Quantity quantity, double value, long tickMs);
  }

  /** Returns whether the sensor measures both temperature and humidity. */
  boolean isSourceOfAir(long tickMs) {
    return isSourceOf(Quantity.TEMPERATURE, tickMs) && isSourceOf(Quantity.HUMIDITY, tickMs);
  }

  /** Returns whether temperature or humidity has been lacking for {@link #ABSENCE_MS}. */
  boolean isAirAbsent(long tickMs) {
    return isAbsent(Quantity.TEMPERATURE, tickMs) || isAbsent(Quantity.HUMIDITY, tickMs);
  }

  /**
   * Returns the latest sample with both temperature and humidity, at most {@link #ABSENCE_MS} old;
   * fresh or not, since both change slowly.
   */
  Optional<Sample> air(long tickMs) {
    boolean known = !air.isEmpty() && tickMs - airTickMs < ABSENCE_MS;
    return known ? Optional.of(air) : Optional.empty();
  }

  /**
   * Returns whether a quantity is this sensor's: the part is made for it, and has measured it or
   * may still do so. A part that answers without a flag and without the quantity has no such
   * channel (the SEN54 has no NOx).
   */
  boolean isSourceOf(Quantity quantity, long tickMs) {
    return measured.contains(quantity)
        || (quantities.contains(quantity) && (!unflagged || !isAbsent(quantity, tickMs)));
  }

  /**
   * Returns whether the sensor has lacked a quantity for {@link #ABSENCE_MS} at a tick; a part that
   * warms up lacks nothing.
   */
  boolean isAbsent(Quantity quantity, long tickMs) {
    return presences.getOrDefault(quantity, start).isAbsent(tickMs);
  }
}
