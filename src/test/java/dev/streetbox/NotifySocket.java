package dev.streetbox;

import dev.streetbox.mqtt.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The end of a notify socket that systemd holds: a Unix datagram socket in a Python process. */
public final class NotifySocket implements AutoCloseable {
  /** The name of an abstract socket begins with @ where it is written, and with NUL where not. */
  private static final String SCRIPT =
      """
      import socket, sys
      name = sys.argv[1]
      end = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      end.bind('\\0' + name[1:] if name[0] == '@' else name)
      print('bound', flush=True)
      while True:
          print(end.recv(4096).decode(), flush=True)
      """;

  private final ChildProcess listener;

  /** Listens at a path, or at an abstract name that begins with @. */
  public NotifySocket(Path dir, String name) throws IOException {
    listener = ChildProcess.start(dir, Program.PYTHON3, "-c", SCRIPT, name);
    Eventually.holds("a notify socket", () -> !listener.lines().isEmpty());
  }

  /** What came so far, without the barriers that systemd-notify waits for. */
  public List<String> heard() throws IOException {
    List<String> lines = listener.lines();
    return lines.subList(1, lines.size()).stream()
        .filter(line -> !line.equals("BARRIER=1"))
        .toList();
  }

  /** How often that was said so far. */
  public long count(String state) throws IOException {
    return heard().stream().filter(state::equals).count();
  }

  @Override
  public void close() {
    listener.close();
  }
}
