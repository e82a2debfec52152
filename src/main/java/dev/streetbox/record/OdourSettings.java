package dev.streetbox.record;

import java.time.Duration;

/**
 * Holds section {@code [odour]} of the configuration.
 *
 * @param vocIndex the VOC index from which on there is an odour; 0: no events of it
 * @param h2sPpm the same of hydrogen sulphide, in ppm
 * @param nh3Ppm the same of ammonia, in ppm
 * @param hysteresisPct an odour ends when the value is so many percent below its threshold
 * @param after an odour is an event if it lasted for so long
 * @param interval the shortest time between two events of one gas
 */
public record OdourSettings(
    double vocIndex,
    double h2sPpm,
    double nh3Ppm,
    double hysteresisPct,
    Duration after,
    Duration interval) {
  /** No events. */
  public static final OdourSettings OFF =
      new OdourSettings(0, 0, 0, 10, Duration.ofSeconds(10), Duration.ofMinutes(5));
}
