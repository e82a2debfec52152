package dev.streetbox.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.ChildProcess;
import dev.streetbox.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Runs the packaged program as one box, kills it at random instants and starts it again. */
final class KilledBox implements AutoCloseable {
  private static final long NEVER = Long.MAX_VALUE;
  private static final int SIGKILLED = 128 + 9;

  private final Path dir;
  private final SplittableRandom random;
  private final StoreCheck storeCheck;
  private ChildProcess process;
  private boolean running;
  private boolean killingStopped;
  private boolean terminating;
  private long checkMs;
  private long termMs;
  private long killMs;
  private int kills;

  /**
   * Starts nothing yet.
   *
   * @param dir a folder of this box only, with its {@code streetbox.toml}
   * @param random draws the instants
   */
  KilledBox(Path dir, SplittableRandom random, StoreCheck storeCheck) {
    this.dir = dir;
    this.random = random;
    this.storeCheck = storeCheck;
  }

  /** Returns the number of kills that ended a running process. */
  int kills() {
    return kills;
  }

  StoreCheck storeCheck() {
    return storeCheck;
  }

  /** Kills the box no more. */
  void stopKilling() {
    killingStopped = true;
    termMs = NEVER;
    killMs = NEVER;
  }

  /** Starts, checks, terminates or kills the box if that is due at a time (ms, monotonic). */
  void step(long nowMs) throws IOException {
    if (!running) {
      start(nowMs);
    }
    if (killMs == NEVER && !killingStopped && Files.exists(status())) {
      plan(nowMs);
    }
    if (nowMs >= checkMs) {
      checkMs = NEVER;
      storeCheck.checkRunning();
    }
    if (nowMs >= termMs) {
      termMs = NEVER;
      terminating = true;
      ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroy);
    }
    if (nowMs >= killMs) {
      process.kill();
    }
    if (!process.isAlive()) {
      onExit(process.await(1));
    }
  }

  /** Starts the program; one run in five is killed before it has written its first status. */
  private void start(long nowMs) throws IOException {
    Files.deleteIfExists(status());
    process =
        ChildProcess.start(
            dir, Program.STREETBOX, "run", "--config", dir.resolve("streetbox.toml").toString());
    running = true;
    terminating = false;
    checkMs = NEVER;
    termMs = NEVER;
    killMs = !killingStopped && random.nextInt(5) == 0 ? nowMs + random.nextLong(1_000) : NEVER;
  }

  /**
   * Draws the kill of a run within 1.5 s or 4 s; one run in five is terminated and killed while it
   * stops.
   */
  private void plan(long nowMs) {
    killMs = nowMs + random.nextLong(random.nextInt(5) == 0 ? 4_000 : 1_500);
    checkMs = nowMs + random.nextLong(killMs - nowMs + 1);
    if (random.nextInt(5) == 0) {
      termMs = killMs;
      killMs = termMs + random.nextLong(600);
    }
  }

  private void onExit(int code) throws IOException {
    running = false;
    boolean terminated = code == 0;
    assertTrue(terminated || code == SIGKILLED, "exit " + code + " of " + dir + errorsText());
    kills += terminated ? 0 : 1;
    StoreCheck.End cut = terminating ? StoreCheck.End.EITHER : StoreCheck.End.KILLED;
    storeCheck.checkEnded(terminated ? StoreCheck.End.CLEAN : cut);
  }

  /** Terminates the box regularly (SIGTERM) and checks its store. */
  void terminate() throws IOException {
    assertEquals(0, process.terminate(30), () -> "exit of " + dir + errorsText());
    running = false;
    storeCheck.checkEnded(StoreCheck.End.CLEAN);
  }

  /** Returns the process id of the running program. */
  long pid() {
    return process.pid();
  }

  boolean isRunning() {
    return running;
  }

  /** Returns true if the box's status says that it is connected to the broker. */
  boolean isOnline() throws IOException {
    return running
        && Files.exists(status())
        && Files.readString(status()).contains("\"state\":\"online\"");
  }

  String errorsText() {
    try {
      return "; standard error:\n" + process.errors();
    } catch (IOException e) {
      return "; standard error cannot be read";
    }
  }

  private Path status() {
    return dir.resolve("run/status.json");
  }

  @Override
  public void close() {
    if (running) {
      process.close();
    }
  }
}
