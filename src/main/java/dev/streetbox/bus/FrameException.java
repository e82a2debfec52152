package dev.streetbox.bus;

import java.io.IOException;

/** Reports received bytes that are wrong: a checksum, a length, a reply of another part. */
public final class FrameException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the expected and the received bytes, for display
   */
  public FrameException(String message) {
    super(message);
  }
}
