package dev.streetbox.cli;

import java.net.URI;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** What people type after an option, understood as in the configuration. */
final class Arguments {
  private Arguments() {}

  /** Teaches a command line durations ({@code 30s}) and brokers ({@code mqtt://HOST}). */
  static CommandLine teach(CommandLine commandLine) {
    return commandLine
        .registerConverter(Duration.class, Arguments::duration)
        .registerConverter(URI.class, Arguments::broker);
  }

  private static Duration duration(String text) {
    return Units.duration(text)
        .orElseThrow(() -> new TypeConversionException("'" + text + "' is not a duration, as 30s"));
  }

  private static URI broker(String text) {
    try {
      return (URI) Kind.broker().meaning().of(text);
    } catch (WrongValueException e) {
      throw new TypeConversionException("'" + text + "' is " + e.getMessage());
    }
  }
}
