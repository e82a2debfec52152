package dev.streetbox.listen;

import java.io.IOException;

/** Reports a message that no box sends; its text states what is wrong. */
public final class MalformedMessageException extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedMessageException(String message) {
    super(message);
  }
}
