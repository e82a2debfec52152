package dev.streetbox.driver;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Tells when UTC may insert a second: at the end of a month (ITU-R TF.460-6). Milliseconds since
 * 1970 then repeat one second, so that two different epochs of a receiver have one time.
 */
final class LeapSecond {
  private static final Duration MARGIN = Duration.ofSeconds(3);

  private LeapSecond() {}

  /** Returns whether a time lies within three seconds of the beginning of a month. */
  static boolean isPossibleAt(long utcMs) {
    OffsetDateTime later = Instant.ofEpochMilli(utcMs).plus(MARGIN).atOffset(ZoneOffset.UTC);
    LocalTime time = later.toLocalTime();
    return later.getDayOfMonth() == 1 && time.toSecondOfDay() <= 2 * MARGIN.toSeconds();
  }
}
