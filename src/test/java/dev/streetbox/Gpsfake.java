package dev.streetbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the real gpsd with a receiver's log that the real gpsfake plays; a test can stop and start
 * both.
 */
final class Gpsfake implements AutoCloseable {
  private final Path dir;
  private final int port;
  private ChildProcess process;

  /** Starts nothing yet; gpsd will listen on the port. */
  Gpsfake(Path dir, int port) {
    this.dir = dir;
    this.port = port;
  }

  /** Returns the port of gpsd, also while gpsd is stopped. */
  int port() {
    return port;
  }

  /**
   * Starts gpsd and plays the log to it again and again.
   *
   * @param cycle seconds between two sentences
   */
  void play(Path log, double cycle) throws IOException {
    play(cycle, log);
  }

  /** Starts gpsd and plays each log as that of a receiver of its own, again and again. */
  void play(double cycle, Path... logs) throws IOException {
    List<String> words = new ArrayList<>(List.of("-c", "" + cycle, "-P", "" + port));
    for (Path log : logs) {
      words.add(log.toAbsolutePath().toString());
    }
    process = ChildProcess.start(dir, Program.GPSFAKE, words.toArray(String[]::new));
  }

  /** Kills gpsfake and gpsd without a regular end, as a crash would. */
  void stop() throws IOException {
    process.kill();
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
