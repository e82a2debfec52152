package dev.streetbox.measure;

import java.util.Map;
import java.util.Set;

/**
 * One second of the box, keyed by {@code (box, boot, seq)}. It carries no time of day: that is
 * computed when the row is read, from the anchors of its boot ({@link Timeline}).
 *
 * @param boot the boot it was measured in, from 1
 * @param seq its number within the boot, from 1, without holes
 * @param tickMs monotonic milliseconds since the boot began, at the end of the second
 * @param sample what was measured, and its quality
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

  /** What was measured, by quantity. */
  public Map<Quantity, Double> readings() {
    return sample.readings();
  }

  /** The row's quality flags. */
  public Set<Quality> flags() {
    return sample.flags();
  }
}
