package dev.streetbox.bus;

import java.io.IOException;

/**
 * Transfers bytes to and from one address of an I2C bus. Each call is one transaction, START to
 * STOP, as the parts of Sensirion, Texas Instruments and Bosch require. Used by the bus's own
 * thread only.
 */
public interface I2cPort {
  /**
   * Writes all bytes in one transaction.
   *
   * @param bytes each 0 to 255; ints, so that a command table can be written as in the datasheet
   * @throws BusException if the part did not acknowledge or the bus failed
   */
  void write(int... bytes) throws IOException;

  /**
   * Reads exactly that many bytes in one transaction.
   *
   * @throws BusException if the part did not acknowledge, sent fewer bytes, or the bus failed
   */
  byte[] read(int count) throws IOException;
}
