package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RowBufferTest {
  private static void fill(RowBuffer buffer, long first, long last) {
    for (long seq = first; seq <= last; seq++) {
      assertEquals(Optional.empty(), buffer.add(Rig.row(1, seq)), "row " + seq);
    }
  }

  private static List<Row> rows(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(seq -> Rig.row(1, seq)).toList();
  }

  @Test
  void anEmptyOneHasNothing() {
    RowBuffer buffer = new RowBuffer(5, 2);
    assertEquals(0, buffer.newest());
    assertEquals(1, buffer.oldest());
    assertEquals(0, buffer.uncommitted());
    assertEquals(List.of(), buffer.pending());
    assertEquals(List.of(), buffer.within(new Range(1, 1, 100)));
  }

  @Test
  void atItsLimitTheOldestRowThatIsNotDurableGoes() {
    RowBuffer buffer = new RowBuffer(5, 2);
    fill(buffer, 1, 5);
    assertEquals(Optional.of(Rig.row(1, 1)), buffer.add(Rig.row(1, 6)));
    assertEquals(Optional.of(Rig.row(1, 2)), buffer.add(Rig.row(1, 7)));
    assertEquals(rows(3, 7), buffer.pending());
    assertEquals(3, buffer.oldest());
    assertEquals(7, buffer.newest());
  }

  @Test
  void durableRowsGoWithoutBeingALossAndTheNewestOfThemStay() {
    RowBuffer buffer = new RowBuffer(5, 2);
    fill(buffer, 1, 4);
    buffer.markDurable(3);
    assertEquals(rows(3, 4), buffer.within(new Range(1, 1, 9)));
    assertEquals(1, buffer.uncommitted());
    assertEquals(rows(4, 4), buffer.pending());
    buffer.markDurable(4);
    fill(buffer, 5, 9);
    assertEquals(rows(5, 9), buffer.pending());
  }

  @Test
  void whatIsDurableStaysSo() {
    RowBuffer buffer = new RowBuffer(9, 9);
    fill(buffer, 1, 6);
    buffer.markDurable(5);
    buffer.markDurable(2);
    assertEquals(1, buffer.uncommitted());
  }

  @Test
  void onceTheStoreIsGoneEveryRowHereIsPendingAgain() {
    RowBuffer buffer = new RowBuffer(9, 3);
    fill(buffer, 1, 8);
    buffer.markDurable(8);
    assertEquals(0, buffer.uncommitted());
    buffer.storeLost();
    assertEquals(rows(6, 8), buffer.pending());
    assertEquals(6, buffer.oldest());
  }

  @Test
  void aRangeIsCutToWhatIsHere() {
    RowBuffer buffer = new RowBuffer(5, 5);
    fill(buffer, 1, 5);
    assertEquals(rows(2, 3), buffer.within(new Range(1, 2, 3)));
    assertEquals(rows(5, 5), buffer.within(new Range(1, 5, 9)));
    assertEquals(List.of(), buffer.within(new Range(1, 6, 9)));
  }

  @Test
  void itNeverHoldsMoreThanItsLimitAndLosesNoRowSilently() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int capacity = random.nextInt(2, 20);
      int recent = random.nextInt(1, capacity + 1);
      RowBuffer buffer = new RowBuffer(capacity, recent);
      long durable = 0;
      long dropped = 0;
      for (int step = 0; step < 100; step++) {
        if (random.nextInt(4) == 0) {
          durable = Math.max(durable, random.nextLong(buffer.newest() + 1));
          buffer.markDurable(durable);
        } else {
          dropped = buffer.add(Rig.row(1, buffer.newest() + 1)).map(Row::seq).orElse(dropped);
        }
        String where = "seed " + seed + ", step " + step;
        long lost = Math.max(dropped, durable);
        assertEquals(rows(lost + 1, buffer.newest()), buffer.pending(), where);
        List<Row> here = buffer.within(new Range(1, 1, Long.MAX_VALUE));
        assertEquals(rows(buffer.oldest(), buffer.newest()), here, where);
        long most = Math.max(recent, buffer.newest() - lost);
        assertEquals(true, here.size() <= Math.min(capacity, most), where);
      }
    }
  }
}
