package dev.streetbox.record;

import dev.streetbox.measure.Quality;
import java.util.EnumSet;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Flags seconds as riding or parked by their speeds. A second without a known speed gets neither
 * flag. Used by one thread.
 */
final class MotionFlags {
  private static final double KMH_PER_MPS = 3.6;

  /**
   * If no speed was known for longer than this (ms), the scooter may have moved meanwhile, so the
   * parking timer restarts.
   */
  private static final long UNKNOWN_MS = 10_000;

  private final QualitySettings settings;
  private long knownMs = Long.MIN_VALUE;
  private long standingSinceMs;

  /** Starts without a known speed. */
  MotionFlags(QualitySettings settings) {
    this.settings = settings;
  }

  /**
   * Returns the flags of the next second.
   *
   * @param tickMs the second's end, in ms since the boot; later than that of the call before
   * @param speedMps the second's speed in m/s, if it is known
   * @return {@link Quality#NOISE_MOTION}, {@link Quality#PARKED}, or nothing
   */
  Set<Quality> flags(long tickMs, OptionalDouble speedMps) {
    Set<Quality> flags = EnumSet.noneOf(Quality.class);
    if (speedMps.isEmpty()) {
      return flags;
    }
    double kmh = speedMps.getAsDouble() * KMH_PER_MPS;
    if (kmh > settings.parkedKmh() || knownMs < tickMs - UNKNOWN_MS) {
      standingSinceMs = tickMs;
    }
    knownMs = tickMs;
    if (kmh > settings.noiseMotionKmh()) {
      flags.add(Quality.NOISE_MOTION);
    }
    if (tickMs - standingSinceMs > settings.parkedAfter().toMillis()) {
      flags.add(Quality.PARKED);
    }
    return flags;
  }
}
