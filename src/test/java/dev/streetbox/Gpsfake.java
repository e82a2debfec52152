package dev.streetbox;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The real gpsd, fed a receiver's log by the real gpsfake; stopped and started as a test wishes.
 */
final class Gpsfake implements AutoCloseable {
  private final Path dir;
  private final int port;
  private ChildProcess process;

  /** Nothing runs yet; gpsd will listen on that port. */
  Gpsfake(Path dir, int port) {
    this.dir = dir;
    this.port = port;
  }

  /** Where gpsd listens, also while it is down. */
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

  /** Ends gpsfake and with it gpsd, as a crash would. */
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
