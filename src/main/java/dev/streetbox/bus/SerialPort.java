package dev.streetbox.bus;

import java.io.IOException;
import java.time.Duration;

/**
 * Transfers a stream of bytes that may pause or hang up: a UART, or a local socket such as gpsd's.
 * Created closed; used by one thread only.
 */
public interface SerialPort extends AutoCloseable {
  /**
   * Opens the port, or does nothing if the port is open.
   *
   * @throws BusException if the port is missing, taken or not permitted, as the message states; the
   *     port stays closed
   */
  void open() throws IOException;

  /**
   * Reads the available bytes, waiting for the first one.
   *
   * @param buffer receives the bytes from index 0
   * @param wait the longest wait for the first byte
   * @return the number of bytes read, 0 if none came in time
   * @throws BusException if the other end hung up or the port is not open
   */
  int read(byte[] buffer, Duration wait) throws IOException;

  /**
   * Writes all bytes.
   *
   * @throws BusException if the other end hung up or the port is not open
   */
  void write(byte[] bytes) throws IOException;

  /** Closes the port; the port may be opened again. */
  @Override
  void close();
}
