package dev.streetbox.record;

import dev.streetbox.measure.Quality;
import java.util.EnumSet;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Riding, standing or parked, from the speeds of one second after another. A second whose speed is
 * not known is none of them. Used by one thread.
 */
final class MotionFlags {
  private static final double KMH_PER_MPS = 3.6;

  /** Who was not seen for longer than this may have been anywhere: a longer stand begins anew. */
  private static final long UNSEEN_MS = 10_000;

  private final QualitySettings settings;
  private long seenMs = Long.MIN_VALUE;
  private long standsSinceMs;

  /** Nothing seen yet. */
  MotionFlags(QualitySettings settings) {
    this.settings = settings;
  }

  /**
   * Takes the next second.
   *
   * @param tickMs its end, later than the one before
   * @param speedMps its speed, if it is known
   * @return {@link Quality#NOISE_MOTION} or {@link Quality#PARKED}, if so
   */
  Set<Quality> flags(long tickMs, OptionalDouble speedMps) {
    Set<Quality> flags = EnumSet.noneOf(Quality.class);
    if (speedMps.isEmpty()) {
      return flags;
    }
    double kmh = speedMps.getAsDouble() * KMH_PER_MPS;
    if (kmh > settings.parkedKmh() || seenMs < tickMs - UNSEEN_MS) {
      standsSinceMs = tickMs;
    }
    seenMs = tickMs;
    if (kmh > settings.noiseMotionKmh()) {
      flags.add(Quality.NOISE_MOTION);
    }
    if (tickMs - standsSinceMs > settings.parkedAfter().toMillis()) {
      flags.add(Quality.PARKED);
    }
    return flags;
  }
}
