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
 * A serial line through jSerialComm, 8 data bits, no parity, 1 stop bit. It may vanish at any time
 * (a USB adapter pulled out) and come back at the same path. Used by one thread.
 *
 * <p>No listener: jSerialComm's reports a hang-up again and again in a busy loop. What the kernel
 * still holds from before the opening is read like anything else; decoders resynchronise.
 */
public final class UartPort implements SerialPort {
  private static final int ENOENT = 2;
  private static final int EACCES = 13;
  private static final int EAGAIN = 11; // another process holds the lock on the tty
  private static final int EBUSY = 16; // another process opened it for itself (TIOCEXCL)
  private static final int TAKEN_HERE = 2; // jSerialComm's own: this process has it open

  /** The kernel counts a read's wait in tenths of a second, from 1 to 255 (termios, VTIME). */
  private static final int TENTH_MS = 100;

  private static final int LONGEST_WAIT_MS = 255 * TENTH_MS;

  private final Path path;
  private final int baud;
  private com.fazecast.jSerialComm.SerialPort port; // null while closed
  private int waitMs;

  /**
   * A line that is not opened yet.
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
      throw missing();
    }
    try {
      com.fazecast.jSerialComm.SerialPort opening =
          com.fazecast.jSerialComm.SerialPort.getCommPort(path.toString());
      waitMs = TENTH_MS;
      opening.setComPortParameters(baud, 8, ONE_STOP_BIT, NO_PARITY);
      opening.setComPortTimeouts(TIMEOUT_READ_SEMI_BLOCKING, waitMs, 0);
      if (!opening.openPort(0)) {
        throw refused(opening.getLastErrorCode());
      }
      port = opening;
    } catch (SerialPortInvalidPortException e) {
      throw missing();
    } catch (LinkageError e) {
      throw new BusException(
          path
              + " cannot be opened: jSerialComm has no library here, or cannot unpack it into "
              + System.getProperty("java.io.tmpdir"),
          BusException.UNKNOWN,
          e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>The wait is rounded up to tenths of a second, and is at least one and at most 25.5 s.
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
      throw hungUp(open.getLastErrorCode());
    }
    return count;
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    com.fazecast.jSerialComm.SerialPort open = requireOpen();
    if (open.writeBytes(bytes, bytes.length) != bytes.length) {
      throw hungUp(open.getLastErrorCode());
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

  private BusException missing() {
    return new BusException(
        path + " is missing: plug the part in, or enable the UART (enable_uart=1)", ENOENT);
  }

  private BusException refused(int errno) {
    return switch (errno) {
      case EACCES ->
          new BusException(path + " is not permitted: add this user to group dialout", errno);
      case EAGAIN, EBUSY, TAKEN_HERE ->
          new BusException(path + " is taken: stop the serial console or the other program", errno);
      default -> new BusException(path + " cannot be opened as a tty (errno " + errno + ")", errno);
    };
  }

  private BusException hungUp(int errno) {
    close();
    return new BusException(path + " hung up: the adapter was pulled out or reset", errno);
  }
}
