package dev.streetbox.measure;

import java.util.Map;
import java.util.Set;

/**
 * Holds one second of the box, keyed by {@code (box, boot, seq)}. A row has no time of day, because
 * the time is computed from the boot's anchors when the row is read ({@link Timeline}).
 *
 * @param boot the boot in which the row was measured, from 1
 * @param seq the row's number within the boot, from 1, without gaps
 * @param tickMs monotonic milliseconds since the boot began, at the end of the second
 * @param sample the readings and their quality flags
 */
public record Row(int boot, long seq, long tickMs, Sample sample) {
  /**
   * @throws IllegalArgumentException if boot or seq is below 1 or the tick is negative
   */
  public Row {
    if (boot < 1 || seq < 1 || tickMs < 0) {
      throw new IllegalArgumentException("row " + boot + "/" + seq + " at tick " + tickMs);
    }
  }

  /** Returns the readings by quantity. */
  public Map<Quantity, Double> readings() {
    return sample.readings();
  }

  /** Returns the row's quality flags. */
  public Set<Quality> flags() {
    return sample.flags();
  }
}
