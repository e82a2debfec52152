package dev.streetbox.datadir;

import java.io.IOException;

/** Reports that this user may not claim a folder. */
public final class DeniedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean isOfMissingDisk;

  DeniedException(String message, boolean isOfMissingDisk, Throwable cause) {
    super(message, cause);
    this.isOfMissingDisk = isOfMissingDisk;
  }

  /**
   * Returns whether the folder is missing, or is the empty one of root that stands in for a data
   * partition that is not mounted. Otherwise it belongs to another user.
   */
  public boolean isOfMissingDisk() {
    return isOfMissingDisk;
  }
}
