package dev.streetbox.driver;

import java.util.Arrays;

/**
 * Checks the data frame of Plantower's PMS5003, PMS7003 and PMSA003I (manuals V2.3, V2.5 and V2.6,
 * Appendix I), which is the same on a UART and on I2C.
 *
 * <pre>
 * 0..1    42 4D  start
 * 2..3    00 1C  bytes that follow: 28
 * 4..9    PM1, PM2.5, PM10 in µg/m³, "CF=1", for the factory's test particles
 * 10..15  PM1, PM2.5, PM10 in µg/m³, atmospheric
 * 16..27  particles above 0.3, 0.5, 1, 2.5, 5 and 10 µm in 0.1 l
 * 28, 29  version, error code
 * 30..31  sum of bytes 0 to 29
 * </pre>
 *
 * All words are big-endian. 32 zero bytes have a right sum too, so the start is checked as well.
 */
final class PlantowerFrame {
  /** Number of bytes of a frame. */
  static final int LENGTH = 32;

  static final int CF1_AT = 4;
  static final int MASS_AT = 10;
  static final int COUNTS_AT = 16;
  static final int VERSION_AT = 28;
  static final int ERROR_AT = 29;
  static final int SUM_AT = 30;

  private static final byte[] HEADER = {0x42, 0x4D, 0x00, 0x1C};

  private PlantowerFrame() {}

  /** Returns a search for these frames; it skips acknowledgements and frames of other lengths. */
  static FrameFinder finder() {
    return new FrameFinder(HEADER, LENGTH, PlantowerFrame::isValid);
  }

  /** Returns whether 32 bytes are a frame, by start, length and sum. */
  static boolean isValid(byte[] bytes) {
    int sum = 0;
    for (int i = 0; i < SUM_AT; i++) {
      sum += Byte.toUnsignedInt(bytes[i]);
    }
    return sum == BigEndian.word(bytes, SUM_AT)
        && Arrays.equals(bytes, 0, HEADER.length, HEADER, 0, HEADER.length);
  }
}
