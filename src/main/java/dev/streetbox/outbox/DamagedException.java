package dev.streetbox.outbox;

import java.io.IOException;

/** What is in the store is not what was put there. */
final class DamagedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Damage, described for a person. */
  DamagedException(String message) {
    super(message);
  }

  /** Damage that something else found. */
  DamagedException(String message, Throwable cause) {
    super(message, cause);
  }
}
