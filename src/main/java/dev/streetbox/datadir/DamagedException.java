package dev.streetbox.datadir;

import java.io.IOException;

/** Reports a file of the data folder whose content is not what was written to it. */
public final class DamagedException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message names the file and what was found
   */
  public DamagedException(String message) {
    super(message);
  }

  /**
   * @param message names the file and what was found
   * @param cause the error that was caught
   */
  public DamagedException(String message, Throwable cause) {
    super(message, cause);
  }
}
