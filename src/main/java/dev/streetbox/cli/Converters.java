package dev.streetbox.cli;

import dev.streetbox.config.ParsedValue;
import dev.streetbox.config.Units;
import dev.streetbox.config.ValueType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Converts the arguments of options by the rules of the configuration. */
final class Converters {
  private Converters() {}

  /** Registers converters for durations ({@code 30s}), days, times and brokers. */
  static CommandLine registerOn(CommandLine commandLine) {
    return commandLine
        .registerConverter(Duration.class, Converters::duration)
        .registerConverter(Instant.class, Converters::time)
        .registerConverter(URI.class, Converters::broker);
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text.contains("T") ? text : text + "T00:00:00Z");
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "'" + text + "' is not a time such as 2026-11-23T08:00:00Z");
    }
  }

  private static Duration duration(String text) {
    return Units.duration(text)
        .orElseThrow(
            () -> new TypeConversionException("'" + text + "' is not a duration such as 30s"));
  }

  private static URI broker(String text) {
    ParsedValue parsed = ValueType.broker().parse(text);
    return (URI)
        parsed
            .value()
            .orElseThrow(() -> new TypeConversionException("'" + text + "' is " + parsed.error()));
  }
}
