package dev.streetbox.record;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds loud single sounds (a horn, an exhaust, a pass-by) in the levels of the seconds, and
 * describes each by its sound exposure level LAE (ISO 1996-1, 3.1.8), its LAFmax and its duration.
 * Used by the recorder's thread.
 */
final class SoundEvents {
  /** Shortest time (ms) between the ends of two events. */
  static final long SHORTEST_INTERVAL_MS = 10_000;

  /** After this (s) a sound is no pass-by but the street; it is an event of this length. */
  static final int LONGEST_S = 60;

  /**
   * Longer than this (ms) between two seconds: the seconds between are hidden or were not taken.
   */
  private static final long LONGEST_STEP_MS = 1_500;

  /** Seconds that are not the street's sound, or of which nothing may be told. */
  private static final Set<Quality> EXCLUDED =
      EnumSet.of(
          Quality.NOISE_MOTION,
          Quality.NOISE_STUCK,
          Quality.NOISE_CALIBRATOR,
          Quality.GNSS_PRIVATE);

  /**
   * Holds an event that has ended.
   *
   * @param tickMs the end of its loudest second
   * @param fields the event's fields by their contract names
   */
  record Ended(long tickMs, Map<String, Object> fields) {}

  private final SoundEventSettings settings;
  private int seconds;
  private double exposure;
  private double maxDb;
  private boolean hasLafMax;
  private long maxTickMs;
  private boolean waitsForQuiet;
  private long secondTickMs;
  private Optional<Long> lastEndMs = Optional.empty();

  SoundEvents(SoundEventSettings settings) {
    this.settings = settings;
  }

  /**
   * Adds the next second.
   *
   * @return the event that this second ends, if it ends one and none ended in the 10 s before
   */
  Optional<Ended> add(Sample second, long tickMs) {
    if (tickMs - secondTickMs > LONGEST_STEP_MS) {
      clear();
    }
    secondTickMs = tickMs;
    OptionalDouble laeq = second.get(Quantity.LAEQ);
    boolean excluded = !Collections.disjoint(second.flags(), EXCLUDED);
    if (settings.isOff() || laeq.isEmpty() || excluded) {
      clear();
      return Optional.empty();
    }
    OptionalDouble lafMax = second.get(Quantity.LAFMAX);
    double level = lafMax.orElse(laeq.getAsDouble());
    boolean loud = level >= settings.thresholdDb() - (isRunning() ? settings.hysteresisDb() : 0);
    if (waitsForQuiet) {
      waitsForQuiet = level >= settings.thresholdDb() - settings.hysteresisDb();
      return Optional.empty();
    }
    if (loud) {
      extend(laeq.getAsDouble(), level, lafMax.isPresent(), tickMs);
      waitsForQuiet = seconds == LONGEST_S;
    }
    return isRunning() && (!loud || waitsForQuiet) ? end(tickMs) : Optional.empty();
  }

  private boolean isRunning() {
    return seconds > 0;
  }

  private void extend(double laeqDb, double levelDb, boolean isLafMax, long tickMs) {
    seconds++;
    exposure += Math.pow(10, laeqDb / 10);
    hasLafMax = isLafMax && (seconds == 1 || hasLafMax);
    if (seconds == 1 || levelDb > maxDb) {
      maxDb = levelDb;
      maxTickMs = tickMs;
    }
  }

  private Optional<Ended> end(long tickMs) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("lae_db", Quantity.LAEQ.rounded(10 * Math.log10(exposure)));
    fields.put("duration_s", (long) seconds);
    if (hasLafMax) {
      fields.put("lafmax_db", Quantity.LAFMAX.rounded(maxDb));
    }
    Ended ended = new Ended(maxTickMs, fields);
    seconds = 0;
    exposure = 0;
    boolean tooSoon = lastEndMs.filter(last -> tickMs - last < SHORTEST_INTERVAL_MS).isPresent();
    if (tooSoon) {
      return Optional.empty();
    }
    lastEndMs = Optional.of(tickMs);
    return Optional.of(ended);
  }

  private void clear() {
    seconds = 0;
    exposure = 0;
    waitsForQuiet = false;
  }
}
