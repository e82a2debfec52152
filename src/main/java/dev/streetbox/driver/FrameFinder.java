package dev.streetbox.driver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds the frames of one length in a stream of bytes. If bytes are no frame (noise, a torn frame,
 * another frame, a wrong sum), only the first of them is skipped and the search goes on at the byte
 * after it, so that a false start does not hide the frame behind it. For one thread.
 */
final class FrameFinder {
  private final byte[] header;
  private final Predicate<byte[]> isFrame;
  private final byte[] window;
  private int size;

  /**
   * Creates a search with an empty window.
   *
   * @param header the first bytes of each frame
   * @param length bytes of a frame
   * @param isFrame accepts {@code length} bytes that are a frame, by their sum and what else can be
   *     checked
   */
  FrameFinder(byte[] header, int length, Predicate<byte[]> isFrame) {
    this.header = header.clone();
    this.isFrame = isFrame;
    this.window = new byte[length];
  }

  /**
   * Adds the next bytes of the stream.
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

  /** Returns the number of bytes of a frame. */
  int length() {
    return window.length;
  }

  /** Drops an incomplete frame, because the stream was interrupted. */
  void reset() {
    size = 0;
  }

  private boolean mayBecomeFrame() {
    int seen = Math.min(size, header.length);
    return Arrays.equals(window, 0, seen, header, 0, seen)
        && (size < window.length || isFrame.test(window));
  }
}
