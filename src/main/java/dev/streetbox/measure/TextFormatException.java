package dev.streetbox.measure;

import java.io.IOException;

/**
 * Reports a text (line, JSON document, file) that does not have the expected form. A part's wrong
 * frame of bytes is a {@code FrameException} instead.
 */
public final class TextFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the expected and the found form, for display
   */
  public TextFormatException(String message) {
    super(message);
  }
}
