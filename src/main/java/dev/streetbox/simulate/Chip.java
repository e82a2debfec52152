package dev.streetbox.simulate;

import java.io.IOException;

/**
 * What a simulated I2C part does with one transaction. Written from the part's datasheet, not from
 * its driver. Called by the bus's thread only.
 */
interface Chip {
  /**
   * Power came, for the first time or again: everything volatile is forgotten.
   *
   * @param tickMs when; before now if nobody has spoken to the part since
   */
  void powerUp(long tickMs);

  /**
   * Takes the bytes of one write.
   *
   * @throws IOException {@link #nack()} if the part does not acknowledge
   */
  void write(byte[] bytes) throws IOException;

  /**
   * Gives the bytes of one read. What lies beyond them reads FF, as an undriven line does.
   *
   * @param count how many are wanted; more may be returned and are lost
   * @throws IOException {@link #nack()} if the part does not acknowledge
   */
  byte[] read(int count) throws IOException;

  /** A missing acknowledge in the words of the Pi's adapter (errno 121). */
  static IOException nack() {
    return new IOException("Remote I/O error");
  }
}
