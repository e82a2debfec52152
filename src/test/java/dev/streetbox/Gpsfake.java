package dev.streetbox;

import java.io.IOException;
import java.nio.file.Path;

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
    process =
        ChildProcess.start(
            dir,
            Program.GPSFAKE,
            "-c",
            "" + cycle,
            "-P",
            "" + port,
            log.toAbsolutePath().toString());
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
