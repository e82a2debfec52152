package dev.streetbox.outbox;

import dev.streetbox.measure.Faults;
import java.nio.file.Path;

/** Numbers the boots, and never gives a number twice. */
public final class BootCounter {
  /** The counter of a data folder; touches nothing yet. */
  public BootCounter(Path dataDir, Faults faults) {}

  /**
   * The number of the boot that begins now, durable before this returns. Called once, by main,
   * before the first row and under the {@link DataLock}. If it cannot be made durable (read-only
   * disk), it is a number that no other boot has or gets, and a fault says so.
   */
  public int next() {
    return 1;
  }
}
