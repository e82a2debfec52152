package dev.streetbox.publish;

import dev.streetbox.command.Arguments;
import dev.streetbox.command.RefusedException;
import dev.streetbox.measure.Encoding;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Lists the settings that the command {@code set} changes, each with its bounds. */
enum RemoteKey {
  /** The interval between two live batches. */
  LIVE_PERIOD(Duration.ofSeconds(1), Duration.ofMinutes(10)),
  /** The interval between two messages on topic {@code diag}. */
  DIAG_PERIOD(Duration.ofMinutes(1), Duration.ofDays(1)),
  /** The largest number of backlog rows a second. */
  BACKLOG_RATE(1, 1000),
  /** The encoding of batches. */
  ENCODING;

  /** Parses a duration as the configuration file has it. */
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private static final Map<String, Long> UNITS_MS =
      Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  private static final String VALUE = "value";

  private final boolean isDuration;
  private final long least;
  private final long greatest;

  RemoteKey(Duration least, Duration greatest) {
    this.isDuration = true;
    this.least = least.toMillis();
    this.greatest = greatest.toMillis();
  }

  RemoteKey(long least, long greatest) {
    this.isDuration = false;
    this.least = least;
    this.greatest = greatest;
  }

  RemoteKey() {
    this(0L, 0L);
  }

  /** Returns the name of the setting, as {@code live_period}. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the setting of a name, if it can be changed. */
  static Optional<RemoteKey> of(String key) {
    return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
  }

  /**
   * Returns the value that a command asks for, in its one form as a text: {@code 2s}, {@code
   * 500ms}, {@code 120}, {@code json+gzip}.
   *
   * @throws RefusedException if it is of another type or outside the bounds
   */
  String value(Arguments arguments) throws RefusedException {
    if (this == ENCODING) {
      return Encoding.of(arguments.text(VALUE))
          .map(Encoding::key)
          .orElseThrow(() -> new RefusedException("encoding is json, json+gzip or compact"));
    }
    if (!isDuration) {
      return Long.toString(arguments.integer(VALUE, least, greatest));
    }
    long ms =
        arguments.isText(VALUE)
            ? milliseconds(arguments.text(VALUE))
                .orElseThrow(
                    () -> new RefusedException(key() + " is a duration, as \"10s\" or \"5m\""))
            : 1000 * arguments.integer(VALUE, least / 1000, greatest / 1000);
    if (ms < least || ms > greatest) {
      throw new RefusedException(
          "%s must be from %s to %s".formatted(key(), words(least), words(greatest)));
    }
    return text(ms);
  }

  /** Returns a duration as a text; whole seconds without a fraction. */
  static String text(long ms) {
    return ms % 1000 == 0 ? ms / 1000 + "s" : ms + "ms";
  }

  /** Returns a bound in its largest unit, as {@code 10m}. */
  private static String words(long ms) {
    return Stream.of("d", "h", "m", "s")
        .filter(unit -> ms % UNITS_MS.get(unit) == 0)
        .findFirst()
        .map(unit -> ms / UNITS_MS.get(unit) + unit)
        .orElse(ms + "ms");
  }

  /** Returns the milliseconds of a text, if it is a duration. */
  static Optional<Long> milliseconds(String text) {
    Matcher matcher = DURATION.matcher(text);
    return matcher.matches()
        ? Optional.of(Long.parseLong(matcher.group(1)) * UNITS_MS.get(matcher.group(2)))
        : Optional.empty();
  }

  /** Returns whether a stored text is a value of this setting. */
  boolean isValue(String text) {
    return switch (this) {
      case ENCODING -> Encoding.of(text).isPresent();
      case BACKLOG_RATE -> text.matches("\\d{1,9}") && isWithin(Long.parseLong(text));
      case LIVE_PERIOD, DIAG_PERIOD -> milliseconds(text).filter(this::isWithin).isPresent();
    };
  }

  private boolean isWithin(long value) {
    return value >= least && value <= greatest;
  }
}
