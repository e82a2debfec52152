package dev.streetbox.sample;

import dev.streetbox.driver.PartIdentity;
import java.util.OptionalLong;

/**
 * Holds one sensor's state, as {@code streetbox status} shows it. Immutable.
 *
 * @param name the sensor's name
 * @param state whether the sensor runs
 * @param lastSampleTickMs when the last sample was read, in ms since the boot began; −1 if never
 * @param dueTickMs when the sensor is next read or, while waiting, started, in ms since the boot
 *     began
 * @param faults the number of errors of starts and reads in this boot
 * @param lastFault the last error's text, empty if there was none
 * @param identity what the part stated about itself at its last start
 */
public record SensorStatus(
    String name,
    State state,
    long lastSampleTickMs,
    long dueTickMs,
    long faults,
    String lastFault,
    PartIdentity identity) {
  /** Tells whether a sensor runs. */
  public enum State {
    /** Not started; the next attempt comes when the back-off ends. */
    WAITING,
    /** Started and being read. */
    RUNNING
  }

  /** Returns the age of the last sample at a tick, in ms; empty if there was none. */
  public OptionalLong ageMs(long tickMs) {
    return lastSampleTickMs < 0 ? OptionalLong.empty() : OptionalLong.of(tickMs - lastSampleTickMs);
  }
}
