package dev.streetbox.driver;

/**
 * Reads the status register of a SEN66 (command D206; bits of Sensirion's arduino-i2c-sen66 1.7.0).
 * It has neither the bit of a SEN55's laser nor the one of a cleaning.
 *
 * @param fanStopped the fan does not turn: no value is of the air outside
 * @param uneven the fan's speed is more than 10 % out of its target, and so is the flow of air
 * @param particlesFail the particle sensor is broken
 * @param airFails temperature and humidity cannot be read
 * @param gasFails VOC and NOx cannot be read
 * @param co2Fails CO2 cannot be read
 */
record Sen66Status(
    boolean fanStopped,
    boolean uneven,
    boolean particlesFail,
    boolean airFails,
    boolean gasFails,
    boolean co2Fails) {
  private static final int SPEED = 1 << 21;
  private static final int PARTICLES = 1 << 11;

  /** Named CO2-2 by Sensirion; CO2-1 is the bit of the SEN63C. */
  private static final int CO2 = 1 << 9;

  private static final int GAS = 1 << 7;
  private static final int AIR = 1 << 6;
  private static final int FAN = 1 << 4;

  /** The bits that stay set until they are cleared; the speed's clears itself. */
  static final int ERRORS = PARTICLES | CO2 | GAS | AIR | FAN;

  /** Returns the meaning of the register's bits. */
  static Sen66Status of(int bits) {
    return new Sen66Status(
        (bits & FAN) != 0,
        (bits & SPEED) != 0,
        (bits & PARTICLES) != 0,
        (bits & AIR) != 0,
        (bits & GAS) != 0,
        (bits & CO2) != 0);
  }
}
