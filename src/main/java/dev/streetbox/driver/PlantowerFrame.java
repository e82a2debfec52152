package dev.streetbox.driver;

import dev.streetbox.driver.FrameFinder.Form;

/**
 * Checks the data frame of Plantower's PMS5003, PMS7003 and PMSA003I (manuals V2.3, V2.5 and V2.6,
 * Appendix I), which is the same on a UART and on I2C, and the longer one of the PMS5003ST.
 *
 * <pre>
 * 0..1    42 4D  start
 * 2..3    00 1C  bytes that follow: 28; 00 24 of a PMS5003ST
 * 4..9    PM1, PM2.5, PM10 in µg/m³, "CF=1", for the factory's test particles
 * 10..15  PM1, PM2.5, PM10 in µg/m³, atmospheric
 * 16..27  particles above 0.3, 0.5, 1, 2.5, 5 and 10 µm in 0.1 l
 *         PMS5003T: 24..27 temperature and humidity in 0.1 °C and 0.1 %
 * 28, 29  version, error code; PMS5003S: formaldehyde in µg/m³
 * 30..31  sum of bytes 0 to 29
 * </pre>
 *
 * A PMS5003ST has formaldehyde, temperature, humidity and an unused word in 28..35, then version,
 * error code and sum. All words are big-endian. 32 zero bytes have a right sum too, so the start is
 * checked as well.
 */
final class PlantowerFrame {
  /** Number of bytes of a frame. */
  static final int LENGTH = 32;

  /** Number of bytes of a PMS5003ST's frame. */
  static final int LONG_LENGTH = 40;

  static final int CF1_AT = 4;
  static final int MASS_AT = 10;
  static final int COUNTS_AT = 16;
  static final int VERSION_AT = 28;

  private static final byte[] SHORT = {0x42, 0x4D, 0x00, 0x1C};
  private static final byte[] LONG = {0x42, 0x4D, 0x00, 0x24};

  private PlantowerFrame() {}

  /**
   * Returns a search for the frames of every model; it skips acknowledgements and frames of other
   * lengths.
   */
  static FrameFinder finder() {
    return new FrameFinder(
        PlantowerFrame::isValid, new Form(SHORT, LENGTH), new Form(LONG, LONG_LENGTH));
  }

  /** Returns a search for the frames of one model. */
  static FrameFinder finder(PlantowerModel model) {
    boolean isLong = model.frameBytes() == LONG_LENGTH;
    return new FrameFinder(isLong ? LONG : SHORT, model.frameBytes(), PlantowerFrame::isValid);
  }

  /** Returns whether 32 or 40 bytes are a frame, by start, length and sum. */
  static boolean isValid(byte[] bytes) {
    int sumAt = bytes.length - 2;
    int sum = 0;
    for (int i = 0; i < sumAt; i++) {
      sum += Byte.toUnsignedInt(bytes[i]);
    }
    return bytes[0] == SHORT[0]
        && bytes[1] == SHORT[1]
        && BigEndian.word(bytes, 2) == bytes.length - 4
        && sum == BigEndian.word(bytes, sumAt);
  }
}
