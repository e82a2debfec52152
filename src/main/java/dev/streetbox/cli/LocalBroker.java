package dev.streetbox.cli;

import dev.streetbox.bus.TcpPort;
import dev.streetbox.bus.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a Mosquitto on a free loopback port until it is closed. */
final class LocalBroker implements AutoCloseable {
  private static final int ATTEMPTS = 100;
  private static final Duration ATTEMPT_INTERVAL = Duration.ofMillis(50);

  private final Process process;
  private final int port;

  private LocalBroker(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts Mosquitto and waits until it accepts connections.
   *
   * @param dir the folder for the broker's configuration and log
   * @throws IOException if Mosquitto is not installed or accepts no connection within 5 s; no
   *     process is left
   */
  static LocalBroker start(Path dir, Time time) throws IOException {
    int port = freePort();
    Path configuration = dir.resolve("mosquitto.conf");
    Files.writeString(
        configuration,
        "listener " + port + " 127.0.0.1\nallow_anonymous true\npersistence false\n");
    Process process =
        new ProcessBuilder(program().toString(), "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("mosquitto.log").toFile())
            .start();
    LocalBroker broker = new LocalBroker(process, port);
    try {
      broker.awaitReady(time);
      return broker;
    } catch (IOException e) {
      broker.close();
      throw new IOException(
          e.getMessage()
              + ": "
              + Files.readString(dir.resolve("mosquitto.log")).strip()
              + "\nTry: streetbox demo --broker mqtt://HOST:PORT",
          e);
    }
  }

  /** Returns the broker's address. */
  URI uri() {
    return URI.create("mqtt://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void awaitReady(Time time) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS && process.isAlive(); attempt++) {
      try (TcpPort probe = new TcpPort("127.0.0.1", port)) {
        probe.open();
        return;
      } catch (IOException notYet) {
        time.sleep(ATTEMPT_INTERVAL);
      }
    }
    throw new IOException("mosquitto does not accept connections on port " + port);
  }

  /** Returns a port that the kernel assigned and that is free again. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Finds Mosquitto also in /usr/sbin, which is not in the PATH of a Debian user without root. */
  private static Path program() throws IOException {
    Stream<String> folders =
        Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"));
    Optional<Path> found =
        folders.map(folder -> Path.of(folder, "mosquitto")).filter(Files::isExecutable).findFirst();
    return found.orElseThrow(
        () ->
            new IOException(
                "mosquitto is not installed."
                    + " Try: sudo apt install mosquitto, or give a broker with --broker"));
  }
}
