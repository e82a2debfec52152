package dev.streetbox.simulate;

import java.io.IOException;

/**
 * Simulates an I2C part transaction by transaction, as its datasheet describes it; no driver is
 * consulted. Called by the bus's thread only.
 */
interface Chip {
  /**
   * Resets everything volatile to its state after power-up.
   *
   * @param tickMs when power came; before now if there was no transaction since
   */
  void powerUp(long tickMs);

  /**
   * Executes one write transaction.
   *
   * @throws IOException {@link #nack()} if the part does not acknowledge
   */
  void write(byte[] bytes) throws IOException;

  /**
   * Returns the bytes of one read transaction. If there are fewer than the master reads, the rest
   * reads FF, because nothing drives the data line.
   *
   * @param count the number of bytes that the master reads; a longer result is cut to it
   * @throws IOException {@link #nack()} if the part does not acknowledge
   */
  byte[] read(int count) throws IOException;

  /** Makes the error of a missing acknowledge, as Linux reports it on a Pi (errno 121). */
  static IOException nack() {
    return new IOException("Remote I/O error");
  }
}
