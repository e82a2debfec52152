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

/** A Mosquitto of the demo's own on a free loopback port; it ends when this is closed. */
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
   * @param dir where its configuration and its log go
   * @throws IOException if it is not installed, or does not come up; nothing is left running
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
          e.getMessage() + ": " + Files.readString(dir.resolve("mosquitto.log")), e);
    }
  }

  /** Where it listens. */
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

  /** A port that was free a moment ago: asked of the kernel, then given back. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Debian puts it where a plain user's PATH does not look. */
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
