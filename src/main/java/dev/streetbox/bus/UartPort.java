package dev.streetbox.bus;

import static com.fazecast.jSerialComm.SerialPort.NO_PARITY;
import static com.fazecast.jSerialComm.SerialPort.ONE_STOP_BIT;
import static com.fazecast.jSerialComm.SerialPort.TIMEOUT_READ_SEMI_BLOCKING;

import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Reads and writes a tty through jSerialComm, 8 data bits, no parity, 1 stop bit. The tty may
 * vanish at any time (an unplugged USB adapter) and return at the same path. Used by one thread.
 *
 * <p>No listener is used, because jSerialComm's listener reports a hang-up repeatedly in a busy
 * loop. Bytes that the kernel buffered before the opening are read like others, and decoders
 * resynchronise.
 */
public final class UartPort implements SerialPort {
  private static final int ENOENT = 2;
  private static final int EACCES = 13;
  private static final int EAGAIN = 11; // another process has locked the tty
  private static final int EBUSY = 16; // another process opened it for itself (TIOCEXCL)
  private static final int TAKEN_HERE = 2; // jSerialComm's own: this process has it open

  /**
   * The unit of a read's wait, in ms: the kernel counts tenths of a second, 1 to 255 (termios,
   * VTIME).
   */
  private static final int TENTH_MS = 100;

  private static final int LONGEST_WAIT_MS = 255 * TENTH_MS;

  private final Path path;
  private final int baud;
  private com.fazecast.jSerialComm.SerialPort port; // null while closed
  private int waitMs;

  /**
   * Makes a closed port.
   *
   * @param path the tty, as {@code /dev/serial0}; may be a link
   * @param baud bits per second
   */
  public UartPort(Path path, int baud) {
    this.path = path;
    this.baud = baud;
  }

  @Override
  public void open() throws IOException {
    if (port != null) {
      return;
    }
    if (!Files.exists(path)) {
      throw missingError();
    }
    try {
      com.fazecast.jSerialComm.SerialPort opening =
          com.fazecast.jSerialComm.SerialPort.getCommPort(path.toString());
      waitMs = TENTH_MS;
      opening.setComPortParameters(baud, 8, ONE_STOP_BIT, NO_PARITY);
      opening.setComPortTimeouts(TIMEOUT_READ_SEMI_BLOCKING, waitMs, 0);
      if (!opening.openPort(0)) {
        throw openError(opening.getLastErrorCode());
      }
      port = opening;
    } catch (SerialPortInvalidPortException e) {
      throw missingError();
    } catch (LinkageError e) {
      throw new BusException(
          path
              + " cannot be opened: no library of jSerialComm for "
              + System.getProperty("os.arch")
              + " can be loaded. Try: sudo apt-get install --reinstall streetbox",
          BusException.UNKNOWN,
          e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>The wait is rounded up to tenths of a second, and is 0.1 s to 25.5 s.
   */
  @Override
  public int read(byte[] buffer, Duration wait) throws IOException {
    com.fazecast.jSerialComm.SerialPort open = requireOpen();
    int tenths = (int) Math.max(1, (wait.toMillis() + TENTH_MS - 1) / TENTH_MS);
    int askedMs = Math.min(LONGEST_WAIT_MS, tenths * TENTH_MS);
    if (askedMs != waitMs) {
      open.setComPortTimeouts(TIMEOUT_READ_SEMI_BLOCKING, askedMs, 0);
      waitMs = askedMs;
    }
    int count = open.readBytes(buffer, buffer.length);
    if (count < 0) {
      throw hangUpError(open.getLastErrorCode());
    }
    return count;
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    com.fazecast.jSerialComm.SerialPort open = requireOpen();
    if (open.writeBytes(bytes, bytes.length) != bytes.length) {
      throw hangUpError(open.getLastErrorCode());
    }
  }

  @Override
  public void close() {
    if (port != null) {
      port.closePort();
      port = null;
    }
  }

  private com.fazecast.jSerialComm.SerialPort requireOpen() throws BusException {
    if (port == null) {
      throw new BusException(path + " is not open", BusException.UNKNOWN);
    }
    return port;
  }

  private BusException missingError() {
    return new BusException(
        path
            + (isNumberedUsb()
                ? " is missing: plug the part in, and name its port by /dev/serial/by-id, because"
                    + " the number changes"
                : " is missing: plug the part in, or enable the UART (enable_uart=1)"),
        ENOENT);
  }

  /** Returns whether the kernel numbers the port in the order of plugging in. */
  private boolean isNumberedUsb() {
    String name = path.getFileName().toString();
    return name.startsWith("ttyUSB") || name.startsWith("ttyACM");
  }

  private BusException openError(int errno) {
    return switch (errno) {
      case EACCES ->
          new BusException(path + " is not permitted: add this user to group dialout", errno);
      case EAGAIN, EBUSY, TAKEN_HERE ->
          new BusException(path + " is taken: stop the serial console or the other program", errno);
      default -> new BusException(path + " cannot be opened as a tty (errno " + errno + ")", errno);
    };
  }

  private BusException hangUpError(int errno) {
    close();
    return new BusException(path + " hung up: the adapter was pulled out or reset", errno);
  }
}
