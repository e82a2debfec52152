package dev.streetbox.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/**
 * Holds the result of a command typed into the program.
 *
 * @param code the exit code
 * @param out standard output
 * @param err standard error
 */
record Typed(int code, String out, String err) {
  /** Runs a command without a terminal. */
  static Typed command(String... arguments) {
    return command(Streetbox.commandLine(), arguments);
  }

  /** Runs a command of a program that a test has changed. */
  static Typed command(CommandLine program, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        program
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
            .execute(arguments);
    return new Typed(code, out.toString(), err.toString());
  }
}
