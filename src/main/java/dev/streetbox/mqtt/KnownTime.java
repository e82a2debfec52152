package dev.streetbox.mqtt;

import dev.streetbox.bus.Time;
import java.time.Instant;

/**
 * Holds the time of day that certificates are judged by.
 *
 * @param utc the time
 * @param word who says so, as {@code gnss}
 */
public record KnownTime(Instant utc, String word) {
  /** Returns what the system clock of this machine shows. */
  public static KnownTime ofSystemClock(Time time) {
    return new KnownTime(time.systemClock(), "the system clock");
  }
}
