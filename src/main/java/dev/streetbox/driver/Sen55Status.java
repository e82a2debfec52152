package dev.streetbox.driver;

/**
 * What a SEN5x says about itself (datasheet v2, 6.1, device status).
 *
 * @param particlesFail the fan does not turn or the laser takes the wrong current: no particle is
 *     seen
 * @param fanSpeedWrong the fan's speed is out of range, and so is the air's flow
 * @param airFails temperature and humidity cannot be read
 * @param gasFails VOC and NOx cannot be read
 * @param cleaning the fan blows at its greatest speed: particle values stand still
 */
record Sen55Status(
    boolean particlesFail,
    boolean fanSpeedWrong,
    boolean airFails,
    boolean gasFails,
    boolean cleaning) {
  /** What stays until it is cleared. */
  static final int ERRORS = 0xF0;

  private static final int SPEED = 1 << 21;
  private static final int CLEANING = 1 << 19;
  private static final int GAS = 1 << 7;
  private static final int AIR = 1 << 6;
  private static final int LASER = 1 << 5;
  private static final int FAN = 1 << 4;

  /** What the register's bits mean. */
  static Sen55Status of(int bits) {
    return new Sen55Status(
        (bits & (LASER | FAN)) != 0,
        (bits & SPEED) != 0,
        (bits & AIR) != 0,
        (bits & GAS) != 0,
        (bits & CLEANING) != 0);
  }
}
