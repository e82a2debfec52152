package dev.streetbox.mqtt;

import java.io.IOException;

/** Serves a connection of a scripted server on a thread of its own. */
public final class ConnectionThread {
  /** Runs until the connection ends. */
  @FunctionalInterface
  public interface Work {
    /** Serves; an IOException is the end of the connection or of the test. */
    void run() throws IOException;
  }

  private ConnectionThread() {}

  /** Starts work on a daemon thread of that name. */
  public static void start(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The connection or the test has ended.
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }
}
