package dev.streetbox.mqtt;

import dev.streetbox.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a real Mosquitto for one test on a free port of the loopback interface. The test starts,
 * kills and suspends it; its files lie in a folder of the test.
 */
public final class Mosquitto implements AutoCloseable {
  private static final long START_LIMIT_MS = 20_000;
  private static final long PAUSE_MS = 20;

  private final Path folder;
  private final int port;
  private final List<String> conf;
  private Process process;

  /**
   * Starts a broker and returns once it accepts connections. Anonymous login is allowed unless a
   * line states otherwise.
   *
   * @param folder the folder of its configuration, log and store, used by nothing else
   * @param lines further lines of its configuration, such as {@code max_packet_size 10000}
   */
  public static Mosquitto started(Path folder, String... lines) throws IOException {
    Mosquitto broker = new Mosquitto(folder, freePort(), List.of(lines));
    broker.start();
    return broker;
  }

  /** Creates a broker on a port and does not start it. */
  public Mosquitto(Path folder, int port, List<String> lines) {
    this.folder = folder;
    this.port = port;
    this.conf = new ArrayList<>(lines);
  }

  /** Returns a port of the loopback interface that is free now. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Returns the port of the broker, also while it is stopped. */
  public int port() {
    return port;
  }

  /** Returns the broker's address. */
  public URI uri() {
    return URI.create("mqtt://127.0.0.1:" + port);
  }

  /** Replaces the further lines of the configuration from the next start on. */
  public void configure(String... lines) {
    conf.clear();
    conf.addAll(List.of(lines));
  }

  /** Starts the broker and returns once it accepts connections. */
  public void start() throws IOException {
    List<String> lines = new ArrayList<>(List.of("listener " + port + " 127.0.0.1"));
    if (conf.stream().noneMatch(line -> line.startsWith("allow_anonymous"))) {
      lines.add("allow_anonymous true");
    }
    // Started as root, Mosquitto changes to another user, who cannot write the test's folder.
    lines.add("user " + System.getProperty("user.name"));
    lines.add("log_dest stderr");
    lines.add("log_type all");
    lines.addAll(conf);
    Path file = folder.resolve("mosquitto.conf");
    Files.write(file, lines);
    process =
        Program.MOSQUITTO
            .process("--config-file", file.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
            .start();
    for (long waitedMs = 0; !accepts(); waitedMs += PAUSE_MS) {
      if (waitedMs > START_LIMIT_MS || ended(PAUSE_MS)) {
        throw new IOException("mosquitto did not start; is it installed? Its log:\n" + log());
      }
    }
  }

  /**
   * Publishes a message by {@code mosquitto_pub}, which shares no code with the box, at QoS 1, and
   * returns once the broker has acknowledged it.
   *
   * @param more further options, such as {@code -r}
   */
  public void publish(String topic, String text, String... more) throws IOException {
    List<String> options = new ArrayList<>(List.of("-V", "5", "-h", "127.0.0.1"));
    options.addAll(List.of("-p", Integer.toString(port), "-q", "1", "-t", topic, "-m", text));
    options.addAll(List.of(more));
    Process pub = Program.MOSQUITTO_PUB.process(options).start();
    if (!await(pub, START_LIMIT_MS) || pub.exitValue() != 0) {
      throw new IOException("mosquitto_pub did not publish " + topic + " within 20 s");
    }
  }

  /** Sends SIGKILL, so that nothing is flushed and no DISCONNECT is sent. */
  public void kill() {
    process.destroyForcibly();
    ended(START_LIMIT_MS);
  }

  /** Sends SIGTERM, so that the broker disconnects its clients and writes its store. */
  public void stop() {
    process.destroy();
    ended(START_LIMIT_MS);
  }

  /** Sends SIGSTOP, so that connections stay open without answers, as without radio coverage. */
  public void suspend() throws IOException {
    signal("-STOP");
  }

  /** Sends SIGCONT, so that the broker continues. */
  public void resume() throws IOException {
    signal("-CONT");
  }

  /** Returns the log of all starts of this broker. */
  public String log() throws IOException {
    return Files.exists(logFile()) ? Files.readString(logFile()) : "";
  }

  /** Waits until the log contains a text at least so often. */
  public void awaitLog(String text, int times) throws IOException {
    for (long waitedMs = 0; log().split(text, -1).length <= times; waitedMs += PAUSE_MS) {
      if (waitedMs > START_LIMIT_MS) {
        throw new IOException("'" + text + "' is not in mosquitto's log:\n" + log());
      }
      ended(PAUSE_MS);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }

  private Path logFile() {
    return folder.resolve("mosquitto.log");
  }

  private void signal(String name) throws IOException {
    Process kill = Program.SH.process("-c", "kill " + name + " " + process.pid()).start();
    if (!await(kill, START_LIMIT_MS) || kill.exitValue() != 0) {
      throw new IOException("kill " + name + " failed");
    }
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean ended(long waitMs) {
    return await(process, waitMs);
  }

  private static boolean await(Process process, long waitMs) {
    try {
      return process.waitFor(waitMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
  }
}
