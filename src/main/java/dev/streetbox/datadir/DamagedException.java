package dev.streetbox.datadir;

import java.io.IOException;

/** Says that a file of the data folder does not hold what was written to it. */
public final class DamagedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Describes what was found, in words for a person. */
  public DamagedException(String message) {
    super(message);
  }

  /** Describes what was found, in words for a person, and keeps the error that found it. */
  public DamagedException(String message, Throwable cause) {
    super(message, cause);
  }
}
