package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MemoryTest {
  private static void fill(Memory memory, long first, long last) {
    for (long seq = first; seq <= last; seq++) {
      assertEquals(Optional.empty(), memory.add(Rig.row(1, seq)), "row " + seq);
    }
  }

  private static List<Row> rows(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(seq -> Rig.row(1, seq)).toList();
  }

  @Test
  void anEmptyOneHasNothing() {
    Memory memory = new Memory(5, 2);
    assertEquals(0, memory.newest());
    assertEquals(1, memory.oldest());
    assertEquals(0, memory.uncommitted());
    assertEquals(List.of(), memory.pending());
    assertEquals(List.of(), memory.within(new Range(1, 1, 100)));
  }

  @Test
  void atItsLimitTheOldestRowThatIsNotDurableGoes() {
    Memory memory = new Memory(5, 2);
    fill(memory, 1, 5);
    assertEquals(Optional.of(Rig.row(1, 1)), memory.add(Rig.row(1, 6)));
    assertEquals(Optional.of(Rig.row(1, 2)), memory.add(Rig.row(1, 7)));
    assertEquals(rows(3, 7), memory.pending());
    assertEquals(3, memory.oldest());
    assertEquals(7, memory.newest());
  }

  @Test
  void durableRowsGoWithoutBeingALossAndTheNewestOfThemStay() {
    Memory memory = new Memory(5, 2);
    fill(memory, 1, 4);
    memory.durable(3);
    assertEquals(rows(3, 4), memory.within(new Range(1, 1, 9)));
    assertEquals(1, memory.uncommitted());
    assertEquals(rows(4, 4), memory.pending());
    memory.durable(4);
    fill(memory, 5, 9);
    assertEquals(rows(5, 9), memory.pending());
  }

  @Test
  void whatIsDurableStaysSo() {
    Memory memory = new Memory(9, 9);
    fill(memory, 1, 6);
    memory.durable(5);
    memory.durable(2);
    assertEquals(1, memory.uncommitted());
  }

  @Test
  void onceTheStoreIsGoneEveryRowHereIsPendingAgain() {
    Memory memory = new Memory(9, 3);
    fill(memory, 1, 8);
    memory.durable(8);
    assertEquals(0, memory.uncommitted());
    memory.storeLost();
    assertEquals(rows(6, 8), memory.pending());
    assertEquals(6, memory.oldest());
  }

  @Test
  void aRangeIsCutToWhatIsHere() {
    Memory memory = new Memory(5, 5);
    fill(memory, 1, 5);
    assertEquals(rows(2, 3), memory.within(new Range(1, 2, 3)));
    assertEquals(rows(5, 5), memory.within(new Range(1, 5, 9)));
    assertEquals(List.of(), memory.within(new Range(1, 6, 9)));
  }

  @Test
  void itNeverHoldsMoreThanItsLimitAndLosesNoRowSilently() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int capacity = random.nextInt(2, 20);
      int recent = random.nextInt(1, capacity + 1);
      Memory memory = new Memory(capacity, recent);
      long durable = 0;
      long dropped = 0;
      for (int step = 0; step < 100; step++) {
        if (random.nextInt(4) == 0) {
          durable = Math.max(durable, random.nextLong(memory.newest() + 1));
          memory.durable(durable);
        } else {
          dropped = memory.add(Rig.row(1, memory.newest() + 1)).map(Row::seq).orElse(dropped);
        }
        String where = "seed " + seed + ", step " + step;
        long lost = Math.max(dropped, durable);
        assertEquals(rows(lost + 1, memory.newest()), memory.pending(), where);
        List<Row> here = memory.within(new Range(1, 1, Long.MAX_VALUE));
        assertEquals(rows(memory.oldest(), memory.newest()), here, where);
        long most = Math.max(recent, memory.newest() - lost);
        assertEquals(true, here.size() <= Math.min(capacity, most), where);
      }
    }
  }
}
