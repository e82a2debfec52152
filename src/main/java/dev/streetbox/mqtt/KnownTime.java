package dev.streetbox.mqtt;

import dev.streetbox.bus.Time;
import java.time.Instant;

/**
 * Holds the time by which certificates are verified.
 *
 * @param utc the time
 * @param source the time source, such as {@code gnss}, for messages
 */
public record KnownTime(Instant utc, String source) {
  /** Returns the time of this machine's system clock. */
  public static KnownTime ofSystemClock(Time time) {
    return new KnownTime(time.systemClock(), "the system clock");
  }
}
