package dev.streetbox.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.streetbox.Seeds;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeqsTest {
  private final Seqs seqs = new Seqs(7);

  @Test
  void neighboursBecomeOneRange() {
    seqs.add(1, 5);
    seqs.add(10, 12);
    seqs.add(6, 9);
    assertEquals(List.of(new Range(7, 1, 12)), seqs.ranges());
  }

  @Test
  void aRangeInsideAnotherChangesNothing() {
    seqs.add(1, 100);
    seqs.add(40, 50);
    assertEquals(List.of(new Range(7, 1, 100)), seqs.ranges());
    assertEquals(100, seqs.size());
  }

  @Test
  void theFirstGapOfAnEmptySetIsTheWholeRange() {
    assertEquals(Optional.of(new Range(7, 1, 9)), seqs.firstGap(1, 9));
    assertEquals(Optional.empty(), seqs.firstGap(10, 9));
  }

  @Test
  void aRangeWithoutRowsIsABug() {
    assertThrows(IllegalArgumentException.class, () -> new Range(1, 5, 4));
    assertThrows(IllegalArgumentException.class, () -> new Range(1, 0, 4));
  }

  @Test
  void anySequenceOfAddsAndRemovesEqualsABitSet() {
    Seeds.each(50, seed -> new SeqsTest().compareWithBitSet(seed));
  }

  private void compareWithBitSet(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BitSet model = new BitSet();
    for (int step = 0; step < 200; step++) {
      int first = random.nextInt(1, 100);
      int last = first + random.nextInt(20);
      if (random.nextInt(3) > 0) {
        seqs.add(first, last);
        model.set(first, last + 1);
      } else {
        seqs.remove(first, last);
        model.clear(first, last + 1);
      }
      assertSame(model);
    }
  }

  private void assertSame(BitSet model) {
    assertEquals(model.cardinality(), seqs.size());
    assertEquals(Math.max(0, model.length() - 1), seqs.highest());
    BitSet rebuilt = new BitSet();
    seqs.gaps(1, 120).forEach(gap -> rebuilt.set((int) gap.first(), (int) gap.last() + 1));
    rebuilt.flip(1, 121);
    assertEquals(model, rebuilt);
    for (int seq = 1; seq < 125; seq++) {
      assertEquals(model.get(seq), seqs.contains(seq));
    }
  }

  @Test
  void aWindowHasThePartsOfTheSetWithinIt() {
    seqs.add(1, 5);
    seqs.add(10, 20);
    seqs.add(30, 30);
    assertEquals(List.of(new Range(7, 4, 5), new Range(7, 10, 12)), seqs.within(4, 12));
    assertEquals(List.of(new Range(7, 30, 30)), seqs.within(21, 99));
    assertEquals(List.of(), seqs.within(6, 9));
    assertEquals(List.of(), seqs.within(31, 99));
  }

  @Test
  void aGapEndsBeforeTheNextRowOfTheSet() {
    seqs.add(3, 5);
    seqs.add(9, 9);
    assertEquals(Optional.of(new Range(7, 1, 2)), seqs.firstGap(1, 99));
    assertEquals(Optional.of(new Range(7, 6, 8)), seqs.firstGap(3, 99));
    assertEquals(Optional.of(new Range(7, 6, 7)), seqs.firstGap(4, 7));
    assertEquals(Optional.empty(), seqs.firstGap(3, 5));
    assertEquals(
        List.of(new Range(7, 1, 2), new Range(7, 6, 8), new Range(7, 10, 99)), seqs.gaps(1, 99));
  }

  @Test
  void anEmptySetHasNoHighestRow() {
    assertEquals(0, seqs.highest());
    assertEquals(0, seqs.size());
    assertEquals(List.of(), seqs.ranges());
    seqs.add(7, 9);
    seqs.remove(7, 9);
    assertEquals(0, seqs.highest());
  }

  @Test
  void removingTheMiddleLeavesBothEnds() {
    seqs.add(1, 10);
    seqs.remove(4, 6);
    assertEquals(List.of(new Range(7, 1, 3), new Range(7, 7, 10)), seqs.ranges());
    seqs.remove(1, 3);
    seqs.remove(50, 60);
    assertEquals(List.of(new Range(7, 7, 10)), seqs.ranges());
  }
}
