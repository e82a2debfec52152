package dev.streetbox.sample;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds the latest samples of every sensor: samplers post them, the recorder reads them once a
 * second.
 *
 * <p>A sensor's newest sample replaces the previous one as a whole. A few older samples are kept,
 * so that a row composed after its second has ended still gets the samples of that second.
 *
 * <p>A quantity comes from the first sensor that measures it. A later one is used only after the
 * first has lacked the quantity for a minute since its last value, its warm-up or the start,
 * because two parts differ by more than the air changes in a second.
 *
 * <p>Safe for all threads: every method accesses the only mutable state, the posts, under this
 * object's monitor; samples are immutable, and only collections and samples are called while the
 * monitor is held. No method waits for anything else, so a hung bus cannot delay the recorder, and
 * a sampler waits at most as long as one row's composition takes.
 */
public final class Board {
  /** The quantities of one position, which must not be mixed with another position's. */
  private static final Set<Quantity> POINT =
      EnumSet.of(Quantity.LAT, Quantity.LON, Quantity.HACC, Quantity.ALT);

  /**
   * Holds a quantity's last measured value.
   *
   * @param sensor the name of the sensor that measured the value
   * @param value the value in the quantity's unit
   * @param tickMs when the value was measured, in ms since the boot began
   */
  public record Latest(String sensor, double value, long tickMs) {}

  /**
   * Holds the sample of one second.
   *
   * @param sample readings and flags of all sensors
   * @param fromLaterSensor the quantities that come from another sensor than their first; {@link
   *     Quality#SECOND_SOURCE} is set if there are any
   * @param doubted the quantities whose own sensor's sample has a flag of their group; the flags of
   *     the sample do not tell, because they are those of all sensors
   */
  public record Second(Sample sample, Set<Quantity> fromLaterSensor, Set<Quantity> doubted) {}

  private final Map<String, SensorPosts> sensors = new LinkedHashMap<>();

  /**
   * Makes an empty board.
   *
   * @param sensorsInOrder the sensors that may post, in the order of the configuration
   * @param startTickMs the time from which a sensor that never posts counts as absent, in ms since
   *     the boot began
   */
  public Board(List<MeasuredQuantities> sensorsInOrder, long startTickMs) {
    sensorsInOrder.forEach(
        sensor -> sensors.put(sensor.sensor(), new SensorPosts(sensor.quantities(), startTickMs)));
  }

  /**
   * Posts a sensor's sample.
   *
   * @param tickMs when the sample was measured; not before the sensor's last post
   * @param fresh how long the sample is valid
   * @throws IllegalArgumentException if the constructor was not given this sensor
   */
  public synchronized void post(String sensor, Sample sample, long tickMs, Duration fresh) {
    postsOf(sensor).add(sample, tickMs, fresh.toMillis());
  }

  /**
   * Removes all samples of a sensor that no longer runs, so that its quantities are absent rather
   * than stale.
   *
   * @throws IllegalArgumentException if the constructor was not given this sensor
   */
  public synchronized void clear(String sensor) {
    postsOf(sensor).clear();
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
  public synchronized Second at(long tickMs, Duration grace) {
    MergedSamples merged = new MergedSamples(tickMs);
    for (SensorPosts posts : sensors.values()) {
      Optional<Sample> current = posts.current(tickMs, grace.toMillis());
      current.ifPresent(merged::add);
      if (current.isEmpty() && posts.hasSampleBefore(tickMs)) {
        merged.flags.add(Quality.STALE);
      }
      merged.before.add(posts);
    }
    return merged.second();
  }

  /**
   * Returns temperature and humidity of one part, for another part's compensation: the first that
   * measures both and has measured them within the last minute. While that part has lacked them for
   * less than a minute since the start, there are none.
   *
   * @param tickMs now
   */
  public synchronized Optional<Sample> air(long tickMs) {
    for (SensorPosts posts : sensors.values()) {
      Optional<Sample> air = posts.air(tickMs);
      if (air.isPresent() || (posts.isSourceOfAir(tickMs) && !posts.isAirAbsent(tickMs))) {
        return air;
      }
    }
    return Optional.empty();
  }

  /**
   * Returns one sensor's newest sample, if the sample is fresh.
   *
   * @throws IllegalArgumentException if the constructor was not given this sensor
   */
  public synchronized Optional<Sample> latest(String sensor, long tickMs) {
    return postsOf(sensor).current(tickMs, 0);
  }

  /**
   * Returns the newest value of every quantity that running sensors have posted, fresh or not, of
   * the sensor that a row at that tick takes the quantity from. Positions are included without
   * regard to privacy zones, so a caller must not show them.
   *
   * @param tickMs now
   */
  public synchronized Map<Quantity, Latest> latest(long tickMs) {
    Map<Quantity, Latest> latest = new EnumMap<>(Quantity.class);
    List<SensorPosts> before = new ArrayList<>();
    sensors.forEach(
        (sensor, posts) -> {
          posts.forEachReading(
              (quantity, value, measuredMs) -> {
                Latest known = latest.get(quantity);
                boolean own = known != null && known.sensor().equals(sensor);
                if (own || (known == null && !isReserved(quantity, before, tickMs))) {
                  latest.put(quantity, new Latest(sensor, value, measuredMs));
                }
              });
          before.add(posts);
        });
    return latest;
  }

  /** Returns whether one of some sensors has lacked its quantity for less than a minute. */
  private static boolean isReserved(
      Quantity quantity, Collection<SensorPosts> sensors, long tickMs) {
    for (SensorPosts posts : sensors) {
      if (posts.isSourceOf(quantity, tickMs) && !posts.isAbsent(quantity, tickMs)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether one of some sensors measures a quantity. */
  private static boolean isMeasured(
      Quantity quantity, Collection<SensorPosts> sensors, long tickMs) {
    for (SensorPosts posts : sensors) {
      if (posts.isSourceOf(quantity, tickMs)) {
        return true;
      }
    }
    return false;
  }

  private SensorPosts postsOf(String sensor) {
    SensorPosts posts = sensors.get(sensor);
    if (posts == null) {
      throw new IllegalArgumentException("no sensor " + sensor + " on the board");
    }
    return posts;
  }

  /** Collects the samples of one second, in the order of the sensors. */
  private static final class MergedSamples {
    private final long tickMs;
    private final Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
    private final Set<Quality> flags = EnumSet.noneOf(Quality.class);
    private final Set<Quantity> fromLaterSensor = EnumSet.noneOf(Quantity.class);
    private final Set<Quantity> doubted = EnumSet.noneOf(Quantity.class);
    private final List<SensorPosts> before = new ArrayList<>();

    MergedSamples(long tickMs) {
      this.tickMs = tickMs;
    }

    /** Adds the sample of the sensor that follows {@link #before}. */
    void add(Sample sample) {
      Set<Quantity> measured = sample.readings().keySet();
      boolean takePoint =
          !readings.containsKey(Quantity.LAT)
              && measured.contains(Quantity.LAT)
              && measured.contains(Quantity.LON);
      sample
          .readings()
          .forEach(
              (quantity, value) -> {
                boolean wanted =
                    POINT.contains(quantity)
                        ? takePoint
                        : !readings.containsKey(quantity) && !isReserved(quantity, before, tickMs);
                if (wanted) {
                  take(quantity, value, sample.flags());
                }
              });
      flags.addAll(sample.flags());
    }

    private void take(Quantity quantity, double value, Set<Quality> sensorFlags) {
      readings.put(quantity, value);
      if (sensorFlags.stream().anyMatch(flag -> flag.group() == quantity.group())) {
        doubted.add(quantity);
      }
      if (!POINT.contains(quantity) && isMeasured(quantity, before, tickMs)) {
        fromLaterSensor.add(quantity);
      }
    }

    Second second() {
      if (!fromLaterSensor.isEmpty()) {
        flags.add(Quality.SECOND_SOURCE);
      }
      return new Second(new Sample(readings, flags), fromLaterSensor, doubted);
    }
  }
}
