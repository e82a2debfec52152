package dev.streetbox.driver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds the frames of one length in a stream of bytes. Whatever does not fit (noise, a torn frame,
 * another frame, a wrong sum) costs only its first byte: the search goes on at the byte after it.
 * So a false start never swallows the frame behind it. For one thread.
 */
final class FrameFinder {
  private final byte[] header;
  private final Predicate<byte[]> isFrame;
  private final byte[] window;
  private int size;

  /**
   * A search that has seen nothing.
   *
   * @param head how each frame begins
   * @param length bytes of a frame
   * @param whole whether so many bytes are a frame: their sum and whatever else proves it
   */
  FrameFinder(byte[] head, int length, Predicate<byte[]> whole) {
    this.header = head.clone();
    this.isFrame = whole;
    this.window = new byte[length];
  }

  /**
   * Takes the next bytes of the stream.
   *
   * @param count how many of {@code bytes}, from index 0
   * @return the frames that these bytes completed, in order
   */
  List<byte[]> add(byte[] bytes, int count) {
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      window[size++] = bytes[i];
      while (!mayBecomeFrame()) {
        System.arraycopy(window, 1, window, 0, --size);
      }
      if (size == window.length) {
        frames.add(window.clone());
        size = 0;
      }
    }
    return frames;
  }

  /** Bytes of a frame. */
  int length() {
    return window.length;
  }

  /** Forgets the frame begun: the stream was interrupted. */
  void reset() {
    size = 0;
  }

  private boolean mayBecomeFrame() {
    int seen = Math.min(size, header.length);
    return Arrays.equals(window, 0, seen, header, 0, seen)
        && (size < window.length || isFrame.test(window));
  }
}
