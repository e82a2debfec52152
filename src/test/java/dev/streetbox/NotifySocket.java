package dev.streetbox;

import dev.streetbox.mqtt.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Receives notifications in systemd's place, with a Unix datagram socket in a Python process. */
public final class NotifySocket implements AutoCloseable {
  /**
   * The receiver in Python; an abstract name begins with @ in NOTIFY_SOCKET and with NUL in
   * bind(2).
   */
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

  /** Binds a path, or an abstract name that begins with @. */
  public NotifySocket(Path dir, String name) throws IOException {
    listener = ChildProcess.start(dir, Program.PYTHON3, "-c", SCRIPT, name);
    Eventually.holds("a notify socket", () -> !listener.lines().isEmpty());
  }

  /** Returns the notifications so far, without the barriers that systemd-notify waits for. */
  public List<String> received() throws IOException {
    List<String> lines = listener.lines();
    return lines.subList(1, lines.size()).stream()
        .filter(line -> !line.equals("BARRIER=1"))
        .toList();
  }

  /** Returns how many notifications so far equal a state. */
  public long count(String state) throws IOException {
    return received().stream().filter(state::equals).count();
  }

  @Override
  public void close() {
    listener.close();
  }
}
