package dev.streetbox.record;

import dev.streetbox.outbox.LastKnownTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** What a time of day has to fit into, for all that is known before a boot's first clock. */
final class PlausibleTime {
  /** No time later than this after the build is true: 1024 weeks of GPS are 19.6 years. */
  private static final Duration LIFE = Duration.ofDays(15 * 365);

  /** A box that was off for longer than this needs two clocks that agree. */
  private static final Duration LONGEST_OFF = Duration.ofDays(2 * 365);

  /** Where clocks begin that have lost theirs: the second era of NTP, and 2^31 seconds. */
  private static final List<Instant> BEGINNINGS =
      List.of(Instant.parse("2036-02-07T06:28:16Z"), Instant.parse("2038-01-19T03:14:07Z"));

  private static final Duration DAY = Duration.ofDays(1);

  private final Instant built;
  private final Instant earliest;
  private final Instant ended;

  /**
   * @param built when this program was built: no true clock is earlier
   * @param lastKnownTime what earlier boots knew
   */
  PlausibleTime(Instant built, LastKnownTime lastKnownTime) {
    this.built = built;
    this.earliest = later(built, Instant.ofEpochMilli(lastKnownTime.believedMs()));
    this.ended = later(earliest, Instant.ofEpochMilli(lastKnownTime.endedMs()));
  }

  /** Why a time cannot be true, whoever says it. */
  Optional<String> impossible(Instant time) {
    if (time.isBefore(built)) {
      return Optional.of("before this program was built (" + day(built) + "): never set, or week");
    }
    return time.isAfter(built.plus(LIFE))
        ? Optional.of("over 15 years after this program was built (" + day(built) + ")")
        : Optional.empty();
  }

  /** Why a time is probably not true. */
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

  /** No true time of this boot is earlier. */
  Instant earliest() {
    return earliest;
  }

  /** The best guess: the system clock, unless it is earlier than the last boot or far too late. */
  Instant guess(Instant systemClock) {
    return systemClock.isBefore(ended) || systemClock.isAfter(earliest.plus(LONGEST_OFF))
        ? ended
        : systemClock;
  }

  /** The date alone, so that a fault has the same text all day. */
  static String day(Instant time) {
    return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
