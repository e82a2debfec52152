package dev.streetbox.measure;

/**
 * Rows of one boot by number, both ends included.
 *
 * @param boot the boot
 * @param first the lowest seq, from 1
 * @param last the highest seq, not below {@code first}
 */
public record Range(int boot, long first, long last) {
  /**
   * @throws IllegalArgumentException if it holds no row
   */
  public Range {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException("range " + boot + "/" + first + ".." + last);
    }
  }

  /** How many rows it names. */
  public long size() {
    return last - first + 1;
  }
}
