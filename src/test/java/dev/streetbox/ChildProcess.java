package dev.streetbox;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a real program for a test: the output goes to files, and {@link #close} kills the program.
 */
public final class ChildProcess implements AutoCloseable {
  private final Program program;
  private final String command;
  private final Process process;
  private final Path out;
  private final Path err;

  private ChildProcess(Program program, String command, Process process, Path out, Path err) {
    this.program = program;
    this.command = command;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts a program; standard output and standard error are written to files in {@code dir}. */
  public static ChildProcess start(Path dir, Program program, String... arguments)
      throws IOException {
    Path out = Files.createTempFile(dir, Path.of(program.executable()).getFileName() + "-", ".out");
    Path err = Path.of(out.toString().replace(".out", ".err"));
    Process process =
        program.process(arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    String command = arguments.length == 0 ? "" : arguments[0];
    return new ChildProcess(program, command, process, out, err);
  }

  /** Writes bytes to the program's standard input. */
  public void send(byte[] bytes) throws IOException {
    process.getOutputStream().write(bytes);
    process.getOutputStream().flush();
  }

  /** Returns the complete lines that the program has printed so far. */
  public List<String> lines() throws IOException {
    String text = Files.readString(out);
    List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    lines.remove(lines.size() - 1);
    return lines;
  }

  /** Returns the text that the program has written to standard error so far. */
  public String errors() throws IOException {
    return Files.readString(err);
  }

  /** Returns the process id. */
  public long pid() {
    return process.pid();
  }

  /** Returns true while the program runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Sends SIGTERM and waits; returns the exit code. */
  public int terminate(long seconds) throws IOException {
    process.destroy();
    return await(seconds);
  }

  /** Sends SIGKILL to the program and its children, and waits. */
  public void kill() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    await(30);
  }

  /** Waits for the end of the program; returns the exit code. */
  public int await(long seconds) throws IOException {
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        throw new AssertionError("still running after " + seconds + " s: " + process.info());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws AssertionError if the program is a subscriber that has printed a message of a box which
   *     is not as the contract says
   */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      if (program == Program.MOSQUITTO_SUB) {
        ContractCheck.requireValid(lines());
      } else if (program == Program.STREETBOX && command.equals("listen")) {
        ContractCheck.requireValidRows(lines());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
