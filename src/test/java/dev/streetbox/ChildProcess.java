package dev.streetbox;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real program that a test started: its output goes to files, and it ends with the test. */
public final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final Path out;
  private final Path err;

  private ChildProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts a program; its streams are kept beside each other in {@code dir}. */
  public static ChildProcess start(Path dir, Program program, String... arguments)
      throws IOException {
    Path out = Files.createTempFile(dir, Path.of(program.word()).getFileName() + "-", ".out");
    Path err = Path.of(out.toString().replace(".out", ".err"));
    Process process =
        program.process(arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    return new ChildProcess(process, out, err);
  }

  /** Writes bytes to its standard input. */
  public void send(byte[] bytes) throws IOException {
    process.getOutputStream().write(bytes);
    process.getOutputStream().flush();
  }

  /** The lines it has printed so far. */
  public List<String> lines() throws IOException {
    String text = Files.readString(out);
    List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    lines.remove(lines.size() - 1);
    return lines;
  }

  /** What it has written to standard error so far. */
  public String errors() throws IOException {
    return Files.readString(err);
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Asks it to end (SIGTERM), and waits. Returns its exit code. */
  public int terminate(long seconds) throws IOException {
    process.destroy();
    return await(seconds);
  }

  /** Kills it (SIGKILL), children included, and waits. */
  public void kill() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    await(30);
  }

  /** Waits for its end. Returns its exit code. */
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

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
