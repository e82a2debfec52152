package dev.streetbox.driver;

import dev.streetbox.driver.GasIndex.State;
import java.time.Duration;
import java.util.Optional;

/**
 * Where what a gas part has learned outlives its restarts, and the process. Called by the bus's
 * thread; neither call waits for a disk.
 */
public interface GasIndexState {
  /**
   * What was learned, and how long ago.
   *
   * @param age never guessed: a memory whose age is unknown is none
   */
  record Learned(State state, Duration age) {}

  /**
   * Remembers the state of now, in the place of what was remembered before.
   *
   * @param serial the part that learned it: another part's usual air reads differently
   */
  void save(long serial, State state);

  /** What that part learned last; empty if nothing is known, or not yet how old it is. */
  Optional<Learned> load(long serial);
}
