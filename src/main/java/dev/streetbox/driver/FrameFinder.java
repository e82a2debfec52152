package dev.streetbox.driver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds frames in a stream of bytes. If bytes are no frame (noise, a torn frame, another frame, a
 * wrong sum), only the first of them is skipped and the search goes on at the byte after it, so
 * that a false start does not hide the frame behind it. For one thread.
 */
final class FrameFinder {
  /** Describes frames of one length by their first bytes. */
  static final class Form {
    private final byte[] header;
    private final int length;

    /**
     * Describes frames of {@code length} bytes.
     *
     * @param header the first bytes of each frame
     */
    Form(byte[] header, int length) {
      this.header = header.clone();
      this.length = length;
    }

    private boolean mayBegin(byte[] bytes, int size) {
      int seen = Math.min(size, header.length);
      return size < length && Arrays.equals(bytes, 0, seen, header, 0, seen);
    }
  }

  private final Form[] forms;
  private final Predicate<byte[]> isFrame;
  private final byte[] window;
  private int size;

  /**
   * Creates a search with an empty window.
   *
   * @param isFrame accepts the bytes of one of the forms that are a frame, by their start, their
   *     sum and what else can be checked
   * @param forms the forms of the frames
   */
  FrameFinder(Predicate<byte[]> isFrame, Form... forms) {
    this.isFrame = isFrame;
    this.forms = forms.clone();
    this.window = new byte[Arrays.stream(forms).mapToInt(form -> form.length).max().orElseThrow()];
  }

  /** Creates a search for frames of one form. */
  FrameFinder(byte[] header, int length, Predicate<byte[]> isFrame) {
    this(isFrame, new Form(header, length));
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
      takeFrames(frames);
    }
    return frames;
  }

  /** Removes frames, and bytes that cannot begin one, from the start of the window. */
  private void takeFrames(List<byte[]> frames) {
    while (size > 0) {
      int length = frameLength();
      if (length > 0) {
        frames.add(Arrays.copyOf(window, length));
        drop(length);
      } else if (mayBecomeFrame()) {
        return;
      } else {
        drop(1);
      }
    }
  }

  /** Returns the number of bytes of the longest frame. */
  int length() {
    return window.length;
  }

  /** Drops an incomplete frame, because the stream was interrupted. */
  void reset() {
    size = 0;
  }

  /** Returns whether more bytes can make a frame of the window, which is none yet. */
  private boolean mayBecomeFrame() {
    // A loop, because the method is called for each byte.
    for (Form form : forms) {
      if (form.mayBegin(window, size)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the length of the frame at the start of the window, or 0. */
  private int frameLength() {
    for (Form form : forms) {
      if (size >= form.length && isFrame.test(Arrays.copyOf(window, form.length))) {
        return form.length;
      }
    }
    return 0;
  }

  private void drop(int count) {
    size -= count;
    System.arraycopy(window, count, window, 0, size);
  }
}
