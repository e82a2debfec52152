package dev.streetbox.record;

import dev.streetbox.outbox.LastKnownTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Limits the times of day that a clock may say before this boot has believed any clock. */
final class PlausibleTime {
  /**
   * A time later than this after the build is refused, because a GPS week counter that has rolled
   * over is off by 1024 weeks (19.6 years).
   */
  private static final Duration LIFE = Duration.ofDays(15 * 365);

  /** After a longer time switched off, a box believes two clocks that agree, not one. */
  private static final Duration LONGEST_OFF = Duration.ofDays(2 * 365);

  /** Start values of clocks that have lost the time: the second NTP era, and 2^31 seconds. */
  private static final List<Instant> BEGINNINGS =
      List.of(Instant.parse("2036-02-07T06:28:16Z"), Instant.parse("2038-01-19T03:14:07Z"));

  private static final Duration DAY = Duration.ofDays(1);

  private final Instant built;
  private final Instant earliest;
  private final Instant ended;

  /**
   * Sets the limits.
   *
   * @param built when this program was built: no correct clock is earlier
   * @param lastKnownTime the last time of day that earlier boots believed
   */
  PlausibleTime(Instant built, LastKnownTime lastKnownTime) {
    this.built = built;
    this.earliest = later(built, Instant.ofEpochMilli(lastKnownTime.believedMs()));
    this.ended = later(earliest, Instant.ofEpochMilli(lastKnownTime.endedMs()));
  }

  /** Returns why a time cannot be correct, whichever clock says it; empty if it can. */
  Optional<String> impossible(Instant time) {
    if (time.isBefore(built)) {
      return Optional.of("before this program was built (" + day(built) + "): never set, or week");
    }
    return time.isAfter(built.plus(LIFE))
        ? Optional.of("over 15 years after this program was built (" + day(built) + ")")
        : Optional.empty();
  }

  /** Returns why a time is probably wrong, so that one clock is not enough; empty if it is not. */
  Optional<String> unlikely(Instant time) {
    if (time.isBefore(earliest)) {
      return Optional.of("but this box ran on " + day(earliest) + " already");
    }
    if (time.isAfter(earliest.plus(LONGEST_OFF))) {
      return Optional.of("over two years after " + day(earliest) + ", the last known time");
    }
    return BEGINNINGS.stream()
        .filter(begin -> !time.isBefore(begin) && time.isBefore(begin.plus(DAY)))
        .filter(begin -> earliest.isBefore(begin.minus(DAY)))
        .findFirst()
        .map(begin -> "where clocks begin that lost their time");
  }

  /** Returns the earliest time of day at which this boot can have started. */
  Instant earliest() {
    return earliest;
  }

  /**
   * Returns an estimate of the time: the system clock, or the end of the last boot if the system
   * clock is earlier than that or more than two years later.
   */
  Instant guess(Instant systemClock) {
    return systemClock.isBefore(ended) || systemClock.isAfter(earliest.plus(LONGEST_OFF))
        ? ended
        : systemClock;
  }

  /** Returns the date without the time, so that the text of a fault stays the same all day. */
  static String day(Instant time) {
    return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
