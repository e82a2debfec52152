package dev.streetbox.listen;

/**
 * Holds the account of one boot.
 *
 * @param box the box, or {@link #CLOSED_BOXES}
 * @param boot its boot; 0 for the closed accounts of its boots together
 * @param received rows that arrived, each counted once
 * @param duplicates rows that arrived again
 * @param conflicts duplicates whose content differed from the first arrival
 * @param declared rows that the box has declared lost and that did not arrive
 * @param unexplained rows below the highest one known that neither arrived nor were declared
 */
public record ReceivedAccount(
    String box,
    int boot,
    long received,
    long duplicates,
    long conflicts,
    long declared,
    long unexplained) {

  /** The name under which the boxes of closed accounts are summed up. */
  public static final String CLOSED_BOXES = "(other boxes)";

  /** Returns the sum of no accounts. */
  static ReceivedAccount none(String box) {
    return new ReceivedAccount(box, 0, 0, 0, 0, 0, 0);
  }

  /** Returns the sum of this account and another, with the box and boot of this one. */
  ReceivedAccount plus(ReceivedAccount other) {
    return new ReceivedAccount(
        box,
        boot,
        received + other.received,
        duplicates + other.duplicates,
        conflicts + other.conflicts,
        limited(declared + other.declared),
        limited(unexplained + other.unexplained));
  }

  /** Returns a sum of two counts, or the greatest number if the sum is above it. */
  private static long limited(long sum) {
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
