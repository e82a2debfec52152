package dev.streetbox.record;

import java.time.Duration;

/**
 * Holds section {@code [quality]} of the configuration: the limits beyond which a row is flagged.
 *
 * @param noiseMotionKmh above this speed in km/h, wind and tyres dominate the sound level
 * @param parkedAfter a scooter that stands still for longer is parked
 * @param parkedKmh up to this speed in km/h a scooter stands still; a receiver at rest reports so
 *     much
 * @param gnssPoorM a horizontal accuracy above this, in metres, is poor
 * @param pmHumidPct above this relative humidity in %, particle sensors count droplets
 */
public record QualitySettings(
    double noiseMotionKmh,
    Duration parkedAfter,
    double parkedKmh,
    double gnssPoorM,
    double pmHumidPct) {}
