package dev.streetbox.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.ChildProcess;
import dev.streetbox.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** One box: the packaged program, started, killed at a random instant, started again. */
final class KilledBox implements AutoCloseable {
  private static final long NEVER = Long.MAX_VALUE;
  private static final int SIGKILLED = 128 + 9;

  private final Path dir;
  private final SplittableRandom random;
  private final StoreJudge judge;
  private ChildProcess process;
  private boolean running;
  private boolean spared;
  private boolean terminating;
  private long lookMs;
  private long termMs;
  private long killMs;
  private int kills;

  /**
   * @param dir a folder with its {@code streetbox.toml}, for itself
   * @param random draws the instants
   */
  KilledBox(Path dir, SplittableRandom random, StoreJudge judge) {
    this.dir = dir;
    this.random = random;
    this.judge = judge;
  }

  /** Kills that met a living process. */
  int kills() {
    return kills;
  }

  StoreJudge judge() {
    return judge;
  }

  /** From now on it lives. */
  void spare() {
    spared = true;
    termMs = NEVER;
    killMs = NEVER;
  }

  /** Does what is due at that moment of real time. */
  void step(long nowMs) throws IOException {
    if (!running) {
      start(nowMs);
    }
    if (killMs == NEVER && !spared && Files.exists(status())) {
      plan(nowMs);
    }
    if (nowMs >= lookMs) {
      lookMs = NEVER;
      judge.look();
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
      dead(process.await(1));
    }
  }

  /** One life in five is ended while it starts up, before it has written its first status. */
  private void start(long nowMs) throws IOException {
    Files.deleteIfExists(status());
    process =
        ChildProcess.start(
            dir, Program.STREETBOX, "run", "--config", dir.resolve("streetbox.toml").toString());
    running = true;
    terminating = false;
    lookMs = NEVER;
    termMs = NEVER;
    killMs = !spared && random.nextInt(5) == 0 ? nowMs + random.nextLong(1_000) : NEVER;
  }

  /** The others live up to 1.5 s, or 4; one in five of them is killed while it stops. */
  private void plan(long nowMs) {
    killMs = nowMs + random.nextLong(random.nextInt(5) == 0 ? 4_000 : 1_500);
    lookMs = nowMs + random.nextLong(killMs - nowMs + 1);
    if (random.nextInt(5) == 0) {
      termMs = killMs;
      killMs = termMs + random.nextLong(600);
    }
  }

  private void dead(int code) throws IOException {
    running = false;
    boolean terminated = code == 0;
    assertTrue(terminated || code == SIGKILLED, "exit " + code + " of " + dir + said());
    kills += terminated ? 0 : 1;
    StoreJudge.End cut = terminating ? StoreJudge.End.EITHER : StoreJudge.End.KILLED;
    judge.judge(terminated ? StoreJudge.End.CLEAN : cut);
  }

  /** Ends it as a courier does not. */
  void terminate() throws IOException {
    assertEquals(0, process.terminate(30), () -> "exit of " + dir + said());
    running = false;
    judge.judge(StoreJudge.End.CLEAN);
  }

  /** Its process, while it lives. */
  long pid() {
    return process.pid();
  }

  boolean isRunning() {
    return running;
  }

  /** Whether it says of itself that the broker has welcomed it. */
  boolean isOnline() throws IOException {
    return running
        && Files.exists(status())
        && Files.readString(status()).contains("\"state\":\"online\"");
  }

  String said() {
    try {
      return ", which said:\n" + process.errors();
    } catch (IOException e) {
      return ", which said nothing";
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
