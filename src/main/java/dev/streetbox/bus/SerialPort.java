package dev.streetbox.bus;

import java.io.IOException;
import java.time.Duration;

/**
 * A stream of bytes in order that may fall silent or hang up: a UART, or a local socket such as
 * gpsd's. Created closed; used by one thread only.
 */
public interface SerialPort extends AutoCloseable {
  /**
   * Opens the port, or does nothing if it is open.
   *
   * @throws BusException if it is missing, taken or not permitted; the message says which
   */
  void open() throws IOException;

  /**
   * Reads what is there, waiting for the first byte.
   *
   * @param buffer receives the bytes from index 0
   * @param wait how long to wait for the first byte
   * @return how many bytes came, 0 if none came in time
   * @throws BusException if the other end hung up or the port is not open
   */
  int read(byte[] buffer, Duration wait) throws IOException;

  /**
   * Writes all bytes.
   *
   * @throws BusException if the other end hung up or the port is not open
   */
  void write(byte[] bytes) throws IOException;

  /** Closes the port; it may be opened again. */
  @Override
  void close();
}
