package dev.streetbox.datadir;

import java.io.IOException;

/** Runs work on the files of a data folder, whose disk may not answer. */
public interface Disk {
  /**
   * Reads or writes files.
   *
   * @param <T> the result
   */
  @FunctionalInterface
  interface Work<T> {
    /** Does the work, and returns its result. */
    T run() throws IOException;
  }

  /**
   * Returns the result of the work.
   *
   * @throws UnansweredException if the disk does not answer; the work may still be done later
   * @throws IOException if the work failed
   */
  <T> T call(Work<T> work) throws IOException;
}
