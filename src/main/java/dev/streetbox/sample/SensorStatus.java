package dev.streetbox.sample;

import java.util.OptionalLong;

/**
 * How one sensor does, as {@code status} shows it. Immutable.
 *
 * @param name the sensor
 * @param state what its slot does with it
 * @param lastSampleTickMs when it last gave a sample, in ms since the boot began; −1 if never
 * @param dueTickMs when it is read or, while waiting, started next
 * @param faults how many times a start or a read failed in this boot
 * @param lastFault the last failure's text, empty if there was none
 */
public record SensorStatus(
    String name,
    State state,
    long lastSampleTickMs,
    long dueTickMs,
    long faults,
    String lastFault) {
  /** What a slot does with its sensor. */
  public enum State {
    /** Not started; the next attempt comes when the back-off ends. */
    WAITING,
    /** Started and being read. */
    RUNNING
  }

  /** How old its last sample is at a tick, in ms; nothing if it never gave one. */
  public OptionalLong ageMs(long tickMs) {
    return lastSampleTickMs < 0 ? OptionalLong.empty() : OptionalLong.of(tickMs - lastSampleTickMs);
  }
}
