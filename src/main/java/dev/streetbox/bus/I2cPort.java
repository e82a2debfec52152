package dev.streetbox.bus;

import java.io.IOException;

/**
 * One part's place on an I2C bus. Each call is one transaction, START to STOP, as the Sensirion,
 * Texas Instruments and Bosch parts want it. Used by the bus's own thread only.
 */
public interface I2cPort {
  /**
   * Writes all bytes in one transaction.
   *
   * @param bytes each 0 to 255, so that a command table reads like the datasheet
   * @throws BusException if the part did not acknowledge or the bus failed
   */
  void write(int... bytes) throws IOException;

  /**
   * Reads exactly that many bytes in one transaction.
   *
   * @throws BusException if the part did not acknowledge, answered short, or the bus failed
   */
  byte[] read(int count) throws IOException;
}
