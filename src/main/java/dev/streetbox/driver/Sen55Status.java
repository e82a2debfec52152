package dev.streetbox.driver;

/**
 * Holds the device status of a SEN5x (datasheet v2, 6.1).
 *
 * @param particlesFail the fan does not turn or the laser's current is out of range, so that no
 *     particle is counted
 * @param fanSpeedWrong the fan's speed, and so the air flow, is out of range
 * @param airFails temperature and humidity cannot be read
 * @param gasFails VOC and NOx cannot be read
 * @param cleaning the fan runs at full speed, and the particle values do not change
 */
record Sen55Status(
    boolean particlesFail,
    boolean fanSpeedWrong,
    boolean airFails,
    boolean gasFails,
    boolean cleaning) {
  /** Bits that stay set until they are cleared. */
  static final int ERRORS = 0xF0;

  private static final int SPEED = 1 << 21;
  private static final int CLEANING = 1 << 19;
  private static final int GAS = 1 << 7;
  private static final int AIR = 1 << 6;
  private static final int LASER = 1 << 5;
  private static final int FAN = 1 << 4;

  /** Decodes the register's bits. */
  static Sen55Status of(int bits) {
    return new Sen55Status(
        (bits & (LASER | FAN)) != 0,
        (bits & SPEED) != 0,
        (bits & AIR) != 0,
        (bits & GAS) != 0,
        (bits & CLEANING) != 0);
  }
}
