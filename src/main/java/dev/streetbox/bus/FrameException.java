package dev.streetbox.bus;

import java.io.IOException;

/** Bytes came, and were wrong: a checksum, a length, an answer of another part. */
public final class FrameException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was expected and what came, for a person
   */
  public FrameException(String message) {
    super(message);
  }
}
