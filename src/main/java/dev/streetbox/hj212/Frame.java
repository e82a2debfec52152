package dev.streetbox.hj212;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes and reads the frames of HJ 212-2017, section 6.3: {@code ##}, length, data, CRC. */
final class Frame {
  /** The greatest length of the data segment in bytes. */
  static final int MAX_DATA = 1024;

  /** The command number of the answer to uploaded data. */
  private static final String DATA_ANSWER = "9014";

  private static final Pattern ANSWER = Pattern.compile("##\\d{4}([ -~]*?)([0-9A-Fa-f]{4})\r?\n");

  private Frame() {}

  /**
   * Returns the frame of a data segment.
   *
   * @throws IllegalArgumentException if the segment is too long, or is not printable ASCII
   */
  static String of(String data) {
    if (data.length() > MAX_DATA || data.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException("no data segment of HJ 212: " + data);
    }
    return "##%04d%s%04X\r\n".formatted(data.length(), data, crc(data));
  }

  /**
   * Returns the checksum. It is not that of Modbus: each byte is combined with the upper byte of
   * the register, shifted down.
   */
  static int crc(String data) {
    int crc = 0xffff;
    for (byte next : data.getBytes(StandardCharsets.US_ASCII)) {
      crc = crc >> 8 ^ (next & 0xff);
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xa001;
      }
    }
    return crc;
  }

  /**
   * Returns whether a text contains a frame that acknowledges the data with this QN. A length that
   * is wrong is passed over, because platforms send such frames; a wrong checksum is not.
   */
  static boolean hasAnswer(String text, String qn) {
    Matcher frames = ANSWER.matcher(text);
    while (frames.find()) {
      String data = frames.group(1);
      if (crc(data) == Integer.parseInt(frames.group(2), 16)
          && data.contains("CN=" + DATA_ANSWER + ";")
          && data.contains("QN=" + qn + ";")) {
        return true;
      }
    }
    return false;
  }
}
