package dev.streetbox.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Compares the ranges with a set of bits, and checks their limits. */
class RowRangesTest {
  private static final int ROWS = 200;

  @Test
  void rangesAgreeWithASetOfBits() {
    Seeds.each(100, RowRangesTest::agree);
  }

  private static void agree(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RowRanges ranges = new RowRanges(RangeBudget.ofFirstBox());
    BitSet bits = new BitSet();
    for (int i = 0; i < 60; i++) {
      int first = random.nextInt(1, ROWS);
      int last = Math.min(ROWS, first + random.nextInt(8));
      assertTrue(ranges.add(first, last));
      bits.set(first, last + 1);
      assertEquals(bits.cardinality(), ranges.size());
      assertEquals(bits.length() - 1, ranges.highest());
    }
    for (int seq = 1; seq <= ROWS; seq++) {
      assertEquals(bits.get(seq), ranges.contains(seq), "row " + seq);
      long open = ranges.sumOverGaps(seq, ROWS, (a, b) -> b - a + 1);
      assertEquals(ROWS - seq + 1 - bits.get(seq, ROWS + 1).cardinality(), open, "from " + seq);
    }
  }

  @Test
  void aFurtherRangeIsRefusedWithoutBudgetAndTheSetStaysAsItWas() {
    RowRanges ranges = new RowRanges(RangeBudget.ofFirstBox());
    for (long seq = 1; seq <= 2 * RangeBudget.ONE_BOX + 1; seq += 2) {
      assertTrue(ranges.add(seq, seq));
    }
    assertFalse(ranges.add(9_000_000, 9_000_001));
    assertFalse(ranges.contains(9_000_000));
    assertEquals(RangeBudget.ONE_BOX + 1, ranges.size());
    assertTrue(ranges.add(1, 3), "fills a gap");
    assertTrue(ranges.add(9_000_000, 9_000_001));
  }

  @Test
  void theFirstRangeOfASetNeedsNoBudget() {
    RangeBudget budget = RangeBudget.ofFirstBox();
    for (int i = 0; i < RangeBudget.ONE_BOX; i++) {
      assertTrue(budget.take());
    }
    RowRanges ranges = new RowRanges(budget);
    assertTrue(ranges.add(5, 9));
    assertFalse(ranges.add(15, 19));
  }

  @Test
  void clearedRangesGiveTheirBudgetBack() {
    RangeBudget budget = RangeBudget.ofFirstBox();
    RowRanges ranges = new RowRanges(budget);
    for (long seq = 1; seq <= 2 * RangeBudget.ONE_BOX + 1; seq += 2) {
      ranges.add(seq, seq);
    }
    assertFalse(budget.take());
    ranges.clear();
    assertEquals(0, ranges.size());
    assertTrue(budget.take());
  }

  @Test
  void allBoxesTogetherHaveALimitToo() {
    RangeBudget first = RangeBudget.ofFirstBox();
    int taken = 0;
    for (RangeBudget box = first.ofOtherBox(); box.take(); box = first.ofOtherBox()) {
      taken++;
    }
    assertEquals(60_000, taken);
  }
}
