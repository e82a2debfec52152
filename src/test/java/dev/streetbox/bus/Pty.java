package dev.streetbox.bus;

import dev.streetbox.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Holds the far end of a pseudo terminal in a process of its own, so that it can hang up like an
 * unplugged adapter: bytes are passed on, and the path vanishes at the end of the process.
 */
public final class Pty implements SerialPortContract.FarEnd {
  private static final String SCRIPT =
      """
      import fcntl, os, pty, select, sys, tty
      master, slave = pty.openpty()
      tty.setraw(slave)
      if sys.argv[2] == 'taken':
          fcntl.flock(slave, fcntl.LOCK_EX)
      os.symlink(os.ttyname(slave), sys.argv[1])
      os.write(1, b'.')
      while True:
          for end in select.select([0, master], [], [])[0]:
              data = os.read(end, 4096)
              if not data:
                  os.unlink(sys.argv[1])
                  sys.exit()
              os.write(master if end == 0 else 1, data)
      """;

  private final Process process;

  /**
   * Opens a terminal that is reachable at {@code path}.
   *
   * @param taken whether another program has locked it
   */
  public Pty(Path path, boolean taken) throws IOException {
    process =
        Program.PYTHON3
            .process("-c", SCRIPT, path.toString(), taken ? "taken" : "free")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (receive(1).length == 0 || !Files.exists(path)) {
      throw new IOException("python3 opened no pseudo terminal");
    }
  }

  @Override
  public void send(byte... bytes) throws IOException {
    process.getOutputStream().write(bytes);
    process.getOutputStream().flush();
  }

  @Override
  public byte[] receive(int count) throws IOException {
    return process.getInputStream().readNBytes(count);
  }

  /** Returns whether the terminal has not hung up. */
  public boolean isUp() {
    return process.isAlive();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
