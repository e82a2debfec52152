package dev.streetbox.driver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the data frames in the stream of a Plantower PMS5003 or PMS7003 (manuals V2.3 and V2.5,
 * Appendix I). For one thread.
 *
 * <pre>
 * 0..1    42 4D  start
 * 2..3    00 1C  bytes that follow: 28
 * 4..9    PM1, PM2.5, PM10 in µg/m³, "CF=1": the factory's particles
 * 10..15  PM1, PM2.5, PM10 in µg/m³, atmospheric
 * 16..27  particles above 0.3, 0.5, 1, 2.5, 5 and 10 µm in 0.1 l
 * 28, 29  version, error code
 * 30..31  sum of bytes 0 to 29
 * </pre>
 *
 * All words are big-endian. Whatever does not fit (noise, an acknowledgement of length 4, another
 * model's length, a wrong sum) costs only its first byte: the search goes on at the byte after it.
 * So a false start never swallows the frame behind it, and a torn frame not its successor.
 */
final class PlantowerFrames {
  /** Bytes of a frame. */
  static final int LENGTH = 32;

  private static final byte[] HEAD = {0x42, 0x4D, 0x00, 0x1C};
  private static final int SUM_AT = 30;

  private final byte[] window = new byte[LENGTH];
  private int size;

  /**
   * Takes the next bytes of the stream.
   *
   * @param count how many of {@code bytes}, from index 0
   * @return the frames that these bytes completed, each of 32 bytes with the right sum, in order
   */
  List<byte[]> take(byte[] bytes, int count) {
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      window[size++] = bytes[i];
      while (!mayBecomeFrame()) {
        System.arraycopy(window, 1, window, 0, --size);
      }
      if (size == LENGTH) {
        frames.add(window.clone());
        size = 0;
      }
    }
    return frames;
  }

  /** Forgets the frame begun: the stream was interrupted. */
  void reset() {
    size = 0;
  }

  private boolean mayBecomeFrame() {
    int head = Math.min(size, HEAD.length);
    return Arrays.equals(window, 0, head, HEAD, 0, head) && (size < LENGTH || sumIsRight());
  }

  private boolean sumIsRight() {
    int sum = 0;
    for (int i = 0; i < SUM_AT; i++) {
      sum += Byte.toUnsignedInt(window[i]);
    }
    return sum == BigEndian.word(window, SUM_AT);
  }
}
