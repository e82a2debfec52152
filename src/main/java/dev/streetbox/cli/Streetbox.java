package dev.streetbox.cli;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.config.ConfigException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

  /** The commands by their names, in the order of the usage text. */
  private static final Map<String, Class<?>> COMMANDS = commands();

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
    run(Map.of(), args);
  }

  /**
   * Runs one command and ends the process with its exit code.
   *
   * @param others further commands by their names
   */
  public static void run(Map<String, Class<?>> others, String... args) {
    NativeLibraries.useInstalled();
    System.setErr(
        new PrintStream(new PrintableOutput(System.err), true, StandardCharsets.UTF_8)); // for logs
    try {
      Optional<PlainCommand> plain = PlainCommand.of(args);
      System.exit(plain.isPresent() ? runPlain(plain.get()) : execute(others, args));
    } catch (Error e) { // picocli catches only Exceptions
      e.printStackTrace();
      System.exit(ExitCode.BUG);
    }
  }

  private static int execute(Map<String, Class<?>> others, String... args) {
    CommandLine command = commandLine(others, args);
    int code = command.execute(args);
    command.getOut().flush();
    return code;
  }

  private static int runPlain(PlainCommand command) {
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    try {
      return command.run(
          new PrintWriter(new PrintableOutput(System.out), true, StandardCharsets.UTF_8), err);
    } catch (ConfigException | IOException | RuntimeException e) {
      return exitCodeOfError(e, command.name(), err);
    }
  }

  /**
   * Returns a command line that can run these arguments; it does not end the process. If the first
   * argument names a command, only that command is added, because picocli needs 0.1 s of CPU to
   * read the annotations of all commands (see src/bench/README.md).
   */
  static CommandLine commandLine(String... args) {
    return commandLine(Map.of(), args);
  }

  private static CommandLine commandLine(Map<String, Class<?>> others, String... args) {
    Map<String, Class<?>> all = new LinkedHashMap<>(COMMANDS);
    all.putAll(others);
    CommandLine command = new CommandLine(new Streetbox());
    Class<?> named = args.length == 0 ? null : all.get(args[0]);
    if (named == null) {
      all.forEach(command::addSubcommand);
    } else {
      command.addSubcommand(args[0], named);
    }
    return Converters.registerOn(command)
        .setOut(new PrintWriter(new PrintableOutput(System.out), true, StandardCharsets.UTF_8))
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setExecutionExceptionHandler(Streetbox::exitCodeOfError)
        .setParameterExceptionHandler(Streetbox::exitCodeOfUsageError);
  }

  private static Map<String, Class<?>> commands() {
    Map<String, Class<?>> commands = new LinkedHashMap<>();
    commands.put("run", RunCommand.class);
    commands.put("demo", DemoCommand.class);
    commands.put("calibrate", CalibrateCommand.class);
    commands.put("status", StatusCommand.class);
    commands.put("watch", WatchCommand.class);
    commands.put("doctor", DoctorCommand.class);
    commands.put("read", ReadCommand.class);
    commands.put("report", ReportCommand.class);
    commands.put("reports", ReportsCommand.class);
    commands.put("bundle", BundleCommand.class);
    commands.put("outbox", OutboxCommand.class);
    commands.put("listen", ListenCommand.class);
    commands.put("command", SendCommand.class);
    commands.put("config", ConfigCommand.class);
    return commands;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int exitCodeOfError(Exception error, CommandLine command, ParseResult arguments) {
    return exitCodeOfError(error, command.getCommandSpec().qualifiedName(), command.getErr());
  }

  private static int exitCodeOfError(Exception error, String name, PrintWriter err) {
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
