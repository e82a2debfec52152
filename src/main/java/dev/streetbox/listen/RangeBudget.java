package dev.streetbox.listen;

/**
 * Limits the ranges of row numbers that the accounts hold, so that row numbers with ever more gaps
 * take no further memory. The first range of each set is not counted. Used by one thread.
 */
final class RangeBudget {
  /** Limits the ranges of all boxes together: 16 bytes each. */
  private static final int ALL_BOXES = 60_000;

  /** Limits the ranges of one box, so that one box cannot use up those of the others. */
  static final int ONE_BOX = 2_000;

  private final Counter all;
  private final Counter box = new Counter();

  private static final class Counter {
    private int used;
  }

  private RangeBudget(Counter all) {
    this.all = all;
  }

  /** Returns the budget of the first box, of which the other boxes' are made. */
  static RangeBudget ofFirstBox() {
    return new RangeBudget(new Counter());
  }

  /** Returns the budget of another box. */
  RangeBudget ofOtherBox() {
    return new RangeBudget(all);
  }

  /** Takes one range; returns false and takes none if no range is left. */
  boolean take() {
    if (box.used >= ONE_BOX || all.used >= ALL_BOXES) {
      return false;
    }
    box.used++;
    all.used++;
    return true;
  }

  /** Returns ranges that were taken. */
  void giveBack(int ranges) {
    box.used -= ranges;
    all.used -= ranges;
  }
}
