package dev.streetbox.driver;

/**
 * What a SEN5x says about itself (datasheet v2, 6.1, device status).
 *
 * @param particlesFail fan not turning, fan speed out of range or laser current out of range
 * @param airFails temperature and humidity cannot be read
 * @param gasFails VOC and NOx cannot be read
 * @param cleaning the fan blows at its greatest speed: particle values stand still
 */
record Sen55Status(boolean particlesFail, boolean airFails, boolean gasFails, boolean cleaning) {
  private static final int SPEED = 1 << 21;
  private static final int CLEANING = 1 << 19;
  private static final int GAS = 1 << 7;
  private static final int AIR = 1 << 6;
  private static final int LASER = 1 << 5;
  private static final int FAN = 1 << 4;

  /** The register's two words, the high one first. */
  static Sen55Status of(int[] words) {
    int bits = words[0] << 16 | words[1];
    return new Sen55Status(
        (bits & (SPEED | LASER | FAN)) != 0,
        (bits & AIR) != 0,
        (bits & GAS) != 0,
        (bits & CLEANING) != 0);
  }
}
