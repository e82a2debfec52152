package dev.streetbox.cli;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.config.ConfigException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs the commands and turns their errors into messages and exit codes. */
@Command(
    name = "streetbox",
    description = "The software of an environmental black box.",
    versionProvider = ProgramVersion.class,
    subcommands = {
      RunCommand.class,
      DemoCommand.class,
      CalibrateCommand.class,
      StatusCommand.class,
      WatchCommand.class,
      DoctorCommand.class,
      ReadCommand.class,
      ReportCommand.class,
      BundleCommand.class,
      OutboxCommand.class,
      ListenCommand.class,
      ConfigCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    usageHelpWidth = Streetbox.WIDTH,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:not done: a file, bus, broker or disk refused, or a check failed",
      "2:usage or configuration",
      "3:the agent holds the buses: stop the agent first",
      "70:a bug"
    })
@SuppressWarnings("UnusedVariable") // picocli reads help and version by reflection
public final class Streetbox implements Runnable {
  /** Columns of the terminal for which texts are laid out. */
  public static final int WIDTH = 80;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this text.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean version;

  /** Runs one command and ends the process with its exit code. */
  public static void main(String... args) {
    NativeLibraries.useInstalled();
    System.setErr(
        new PrintStream(new PrintableOutput(System.err), true, StandardCharsets.UTF_8)); // for logs
    try {
      CommandLine command = commandLine();
      int code = command.execute(args);
      command.getOut().flush();
      System.exit(code);
    } catch (Error e) { // picocli catches only Exceptions
      e.printStackTrace();
      System.exit(ExitCode.BUG);
    }
  }

  /** Returns the command line of the whole program; it does not end the process. */
  static CommandLine commandLine() {
    return Converters.registerOn(new CommandLine(new Streetbox()))
        .setOut(new PrintWriter(new PrintableOutput(System.out), true, StandardCharsets.UTF_8))
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setExecutionExceptionHandler(Streetbox::exitCodeOfError)
        .setParameterExceptionHandler(Streetbox::exitCodeOfUsageError);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int exitCodeOfError(Exception error, CommandLine command, ParseResult arguments) {
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    if (error instanceof ConfigException config) {
      config.lines().forEach(err::println);
      return ExitCode.USAGE;
    }
    if (error instanceof IOException) {
      err.println(name + ": " + error.getMessage());
      return ExitCode.EXTERNAL_ERROR;
    }
    err.println(name + ": a bug, please report it: " + error);
    error.printStackTrace(err);
    return ExitCode.BUG;
  }

  private static int exitCodeOfUsageError(ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(command.getCommandSpec().qualifiedName() + ": " + mistake.getMessage());
    UnmatchedArgumentException.printSuggestions(mistake, err);
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }
}
