package dev.streetbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Names every program that a test starts, so that {@link PreparedProgramsTest} can compare them
 * with what {@code deploy/verify} installs. No other class of the tests makes a {@link
 * ProcessBuilder}.
 */
public enum Program {
  BASH("bash"),
  CHROMIUM("chromium"),
  /** Starts the program that its arguments name. */
  ENV("env"),
  GPSFAKE("gpsfake"),
  /** Lies outside of PATH; its test looks for it. */
  INITDB("initdb"),
  /** Is the JVM that runs the tests. */
  JAVA(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
  MKFIFO("mkfifo"),
  MOSQUITTO("mosquitto"),
  MOSQUITTO_PUB("mosquitto_pub"),
  MOSQUITTO_SUB("mosquitto_sub"),
  OPENSSL("openssl"),
  /** Lies outside of PATH; its test looks for it. */
  POSTGRES("postgres"),
  PYTHON3("python3"),
  /** Starts the program that its arguments name. */
  SETPRIV("setpriv"),
  SH("sh"),
  SQLITE3("sqlite3"),
  /** Starts the program that its arguments name. */
  STDBUF("stdbuf"),
  /** Starts the program that its arguments name. */
  STRACE("strace"),
  /** Is the installed program in {@code target/streetbox}. */
  STREETBOX(Path.of("target/streetbox/bin/streetbox").toAbsolutePath().toString()),
  TMUX("tmux"),
  VICTORIA_METRICS("victoria-metrics");

  private static final List<Program> STARTERS = List.of(ENV, SETPRIV, STDBUF, STRACE);

  private final String executable;

  Program(String word) {
    this.executable = word;
  }

  /** Returns the executable: a name that is looked up in PATH, or an absolute path. */
  public String executable() {
    return executable;
  }

  /**
   * Returns a command line.
   *
   * @throws IllegalArgumentException if the arguments name a program that is no constant of this
   *     enum
   */
  public List<String> command(List<String> arguments) {
    if (STARTERS.contains(this)) {
      started(arguments).ifPresent(Program::requireNamed);
    }
    List<String> command = new ArrayList<>(List.of(executable));
    command.addAll(arguments);
    return command;
  }

  /** Returns a command line, as {@link #command(List)} does. */
  public List<String> command(String... arguments) {
    return command(List.of(arguments));
  }

  /** Returns a builder of a process that runs the program with these arguments. */
  public ProcessBuilder process(List<String> arguments) {
    return new ProcessBuilder(command(arguments));
  }

  /** Returns a builder of a process that runs the program with these arguments. */
  public ProcessBuilder process(String... arguments) {
    return process(List.of(arguments));
  }

  /** Returns the program that the arguments of a starter such as env name. */
  private static Optional<String> started(List<String> arguments) {
    return arguments.stream().filter(a -> !a.startsWith("-") && !a.contains("=")).findFirst();
  }

  private static void requireNamed(String name) {
    if (!name.contains("/") && Arrays.stream(values()).noneMatch(p -> p.executable.equals(name))) {
      throw new IllegalArgumentException(name + " is no constant of Program");
    }
  }
}
