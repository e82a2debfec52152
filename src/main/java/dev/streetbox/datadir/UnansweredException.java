package dev.streetbox.datadir;

import java.io.IOException;

/** Reports a disk that did not answer in time; what was asked of it may still be done later. */
public final class UnansweredException extends IOException {
  private static final long serialVersionUID = 1;

  /** Says so, with a command to type. */
  public UnansweredException() {
    super("the disk does not answer. Try: sudo dmesg | tail");
  }
}
