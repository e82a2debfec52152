package dev.streetbox.datadir;

import java.io.IOException;

/** Runs work on the caller's thread, for as long as the disk needs. */
public final class DirectDisk implements Disk {
  @Override
  public <T> T call(Work<T> work) throws IOException {
    return work.run();
  }
}
