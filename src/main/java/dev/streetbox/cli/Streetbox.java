package dev.streetbox.cli;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.config.ConfigException;
import java.io.IOException;
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

/** {@code streetbox}: the commands, and what their failures become for the shell. */
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
      "1:the world said no",
      "2:usage or configuration",
      "3:the agent holds the buses: stop it first",
      "70:a bug"
    })
@SuppressWarnings("UnusedVariable") // picocli acts on help and version itself
public final class Streetbox implements Runnable {
  /** Columns of a terminal. */
  public static final int WIDTH = 80;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "This text.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "The version.")
  private boolean version;

  /** Runs one command and ends the process with its exit code. */
  public static void main(String... args) {
    try {
      CommandLine command = commandLine();
      int code = command.execute(args);
      command.getOut().flush();
      System.exit(code);
    } catch (Error e) { // picocli hands on what is not an Exception
      e.printStackTrace();
      System.exit(ExitCode.BUG);
    }
  }

  /** The program without a process around it. */
  static CommandLine commandLine() {
    return Converters.registerOn(new CommandLine(new Streetbox()))
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setExecutionExceptionHandler(Streetbox::exitCodeOfError)
        .setParameterExceptionHandler(Streetbox::exitCodeOfUsageError);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int exitCodeOfError(
      Exception trouble, CommandLine command, ParseResult arguments) {
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    if (trouble instanceof ConfigException config) {
      config.lines().forEach(err::println);
      return ExitCode.USAGE;
    }
    if (trouble instanceof IOException) {
      err.println(name + ": " + trouble.getMessage());
      return ExitCode.WORLD;
    }
    err.println(name + ": a bug, please report it: " + trouble);
    trouble.printStackTrace(err);
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
