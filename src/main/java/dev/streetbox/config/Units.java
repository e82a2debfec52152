package dev.streetbox.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses durations and sizes: a whole number of up to nine digits and one unit, as 5m or 512MB. */
public final class Units {
  /** Limits the digits to nine, because that many days or gigabytes fit a long of ms or bytes. */
  private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,9})([A-Za-z]+)");

  private static final Map<String, Duration> TIMES =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  /** Bytes of each unit: powers of 1000, as {@code df -H} counts them. */
  private static final Map<String, Long> SIZES =
      Map.of("kB", 1_000L, "MB", 1_000_000L, "GB", 1_000_000_000L);

  private Units() {}

  /**
   * Returns the duration of {@code 250ms}, {@code 10s}, {@code 5m}, {@code 2h}, {@code 7d}, else
   * empty.
   */
  public static Optional<Duration> duration(String text) {
    return scaled(text, TIMES, Duration::multipliedBy);
  }

  /** Returns the bytes of {@code 64kB}, {@code 512MB}, {@code 2GB}, else empty. */
  static Optional<Long> bytes(String text) {
    return scaled(text, SIZES, Math::multiplyExact);
  }

  private static <T> Optional<T> scaled(
      String text, Map<String, T> units, BiFunction<T, Long, T> times) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.ofNullable(units.get(matcher.group(2)))
        .map(unit -> times.apply(unit, Long.parseLong(matcher.group(1))));
  }
}
