package dev.streetbox.measure;

/**
 * Names consecutive rows of one boot by seq, both ends included.
 *
 * @param boot the boot
 * @param first the lowest seq, from 1
 * @param last the highest seq, not below {@code first}
 */
public record Range(int boot, long first, long last) {
  /**
   * @throws IllegalArgumentException if {@code first} is below 1 or above {@code last}
   */
  public Range {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException("range " + boot + "/" + first + ".." + last);
    }
  }

  /** Returns the number of rows. */
  public long size() {
    return last - first + 1;
  }
}
