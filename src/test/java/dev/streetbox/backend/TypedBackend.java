package dev.streetbox.backend;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import picocli.CommandLine;

/**
 * Holds the result of a command typed into the backend's program.
 *
 * @param code the exit code
 * @param err standard error
 */
record TypedBackend(int code, String err) {
  /** Runs a command, which must end by itself. */
  static TypedBackend command(Object command, String... arguments) {
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(command)
            .setErr(new PrintWriter(err, true))
            .registerConverter(Duration.class, Duration::parse)
            .execute(arguments);
    return new TypedBackend(code, err.toString());
  }
}
