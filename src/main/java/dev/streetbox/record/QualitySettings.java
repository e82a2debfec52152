package dev.streetbox.record;

import java.time.Duration;

/**
 * Section {@code [quality]}: from where on a row is flagged.
 *
 * @param noiseMotionKmh faster than this, wind and tyres are what a microphone hears
 * @param parkedAfter standing still for longer than this is parking
 * @param parkedKmh standing still is not faster than this, which receivers claim of a wall
 * @param gnssPoorM a position that may be further off than this is poor
 * @param pmHumidPct above this relative humidity droplets count as particles
 */
public record QualitySettings(
    double noiseMotionKmh,
    Duration parkedAfter,
    double parkedKmh,
    double gnssPoorM,
    double pmHumidPct) {}
