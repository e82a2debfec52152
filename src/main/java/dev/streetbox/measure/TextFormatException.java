package dev.streetbox.measure;

import java.io.IOException;

/**
 * Reports a text that is not of the form it should have: a line, a JSON document, a file. A frame
 * of bytes that a part sent is a {@code FrameException} instead.
 */
public final class TextFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was expected and what came, for a person
   */
  public TextFormatException(String message) {
    super(message);
  }
}
