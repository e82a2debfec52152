package dev.streetbox.driver;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;

/**
 * Decodes the frames of a Nova SDS011 (control protocol V1.3), 10 bytes: measured values, or the
 * reply to a command. The frames of an SDS198, which begin with AA CF, are not accepted.
 *
 * <pre>
 * 0     AA  start
 * 1     C0 values, C5 reply
 * 2..5  PM2.5 and PM10 in 0.1 µg/m³, little-endian; or the command and three bytes of reply
 * 6..7  the part's id
 * 8     low byte of the sum of bytes 2 to 7
 * 9     AB  end
 * </pre>
 */
final class Sds011Frame {
  /** Number of bytes of a frame. */
  static final int LENGTH = 10;

  /** Kind of a frame of measured values. */
  static final int VALUES = 0xC0;

  /** Kind of a reply to a command. */
  static final int REPLY = 0xC5;

  private static final byte[] HEADER = {(byte) 0xAA};
  private static final int KIND_AT = 1;
  private static final int COMMAND_AT = 2;
  private static final int PM2_5_AT = 2;
  private static final int PM10_AT = 4;
  private static final int SUM_AT = 8;
  private static final int END_AT = 9;

  /**
   * Greatest value, µg/m³. The specification V1.3 gives 0.0 to 999.9, but 999.9 is also what the
   * part sends for PM2.5 while its inlet is blocked (1999.9 for PM10), so it is no reading.
   */
  private static final double GREATEST = 999.8;

  /** Difference of the two values that rounding each to 0.1 µg/m³ can cause, in steps of that. */
  private static final int ROUNDING = 1;

  private Sds011Frame() {}

  /** Returns a search for these frames. */
  static FrameFinder finder() {
    return new FrameFinder(HEADER, LENGTH, Sds011Frame::isValid);
  }

  /** Returns whether 10 bytes are a frame, by start, kind, sum and end. */
  static boolean isValid(byte[] bytes) {
    return bytes[0] == HEADER[0]
        && (kind(bytes) == VALUES || kind(bytes) == REPLY)
        && hasRightSumAndEnd(bytes);
  }

  /** Returns whether sum and end of 10 bytes are right, which an SDS198 has in the same places. */
  static boolean hasRightSumAndEnd(byte[] bytes) {
    int sum = 0;
    for (int i = COMMAND_AT; i < SUM_AT; i++) {
      sum += bytes[i];
    }
    return bytes[SUM_AT] == (byte) sum && bytes[END_AT] == (byte) 0xAB;
  }

  /** Returns {@link #VALUES} or {@link #REPLY}. */
  static int kind(byte[] frame) {
    return Byte.toUnsignedInt(frame[KIND_AT]);
  }

  /** Returns the command that a reply answers. */
  static int command(byte[] frame) {
    return Byte.toUnsignedInt(frame[COMMAND_AT]);
  }

  /** Returns whether values and id are all zero, which the part sends while it starts. */
  static boolean isNotReady(byte[] frame) {
    for (int i = COMMAND_AT; i < SUM_AT; i++) {
      if (frame[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the readings of a frame of values. There are none, and the part is flagged faulty, if
   * both are 0, because no street air is so clean, and if PM2.5 is above PM10, which contains it.
   */
  static SampleBuilder decode(byte[] frame) {
    int pm25 = littleEndian(frame, PM2_5_AT);
    int pm10 = littleEndian(frame, PM10_AT);
    SampleBuilder builder = new SampleBuilder();
    if (pm25 == 0 && pm10 == 0) {
      builder.fail(Quality.PM_FAULT, Particles.NONE);
    }
    if (pm25 > pm10 + ROUNDING) {
      builder.fail(Quality.PM_FAULT, Particles.INCONSISTENT);
    }
    builder.put(Quantity.PM2_5, pm25 / 10.0, 0, GREATEST);
    builder.put(Quantity.PM10, pm10 / 10.0, 0, GREATEST);
    return builder;
  }

  private static int littleEndian(byte[] bytes, int at) {
    return Byte.toUnsignedInt(bytes[at + 1]) << 8 | Byte.toUnsignedInt(bytes[at]);
  }
}
