package dev.streetbox.outbox;

import java.io.IOException;
import java.nio.file.Path;

/** Reports a store that a newer program wrote, which is left as it is. */
final class NewerStoreException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param file the store
   * @param version its version
   * @param known the latest version that this program knows
   */
  NewerStoreException(Path file, long version, int known) {
    super(
        file
            + " was written by a newer program (version "
            + version
            + ", and this one knows "
            + known
            + "): it is left as it is, and new rows stay in memory. Try: install the newer program"
            + " again");
  }
}
