package dev.streetbox.driver;

import dev.streetbox.driver.GasIndex.State;
import java.time.Duration;
import java.util.Optional;

/**
 * Stores the learned state of a gas part over restarts of part and process. Called by the bus's
 * thread; neither call waits for a disk.
 */
public interface GasIndexState {
  /**
   * Holds a learned state and its age.
   *
   * @param age time since the state's last signal; a state of unknown age is not given
   */
  record Learned(State state, Duration age) {}

  /**
   * Stores the present state and replaces the one stored before.
   *
   * @param serial the serial number of the part that learned the state; parts differ in their raw
   *     signal of the same air
   */
  void save(long serial, State state);

  /** Returns the last state of that part; empty if none is stored, or its age is not known yet. */
  Optional<Learned> load(long serial);
}
