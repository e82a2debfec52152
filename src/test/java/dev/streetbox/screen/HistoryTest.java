package dev.streetbox.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.measure.Quantity;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private final History history = new History();

  private void add(long seq, double celsius) {
    history.add(seq, Map.of(Quantity.TEMPERATURE, celsius));
  }

  private String curve(int width) {
    return history.curve(Quantity.TEMPERATURE, width);
  }

  @Test
  void aCurveUsesTheWholeHeightAndEndsAtTheRight() {
    for (int i = 0; i < 8; i++) {
      add(i + 1, i);
    }
    assertEquals("  ▁▂▃▄▅▆▇█", curve(10));
    assertEquals("▁▂▄▆█", curve(5).replace('▃', '▂').replace('▅', '▄').replace('▇', '▆'));
  }

  @Test
  void aRowWithoutTheQuantityIsASpace() {
    add(1, 1);
    history.add(2, Map.of(Quantity.HUMIDITY, 50.0));
    add(3, 2);
    assertEquals("▁ █", curve(3));
    assertEquals(" ▁ ", history.curve(Quantity.HUMIDITY, 3));
  }

  @Test
  void aStepIsNeverFinerThanTheLastDecimal() {
    add(1, 20.00);
    add(2, 20.01);
    add(3, 20.02);
    assertEquals("▁▂▃", curve(3));
  }

  @Test
  void aRowCountsOnceAndANewBootBeginsAnEmptyHistory() {
    add(7, 1);
    add(7, 2);
    add(8, 3);
    assertEquals(" ▁█", curve(3));
    add(1, 5);
    assertEquals("  ▁", curve(3));
  }

  @Test
  void theOldestRowsAreRemoved() {
    for (int seq = 1; seq <= 2 * History.CAPACITY; seq++) {
      add(seq, seq <= History.CAPACITY ? 0 : 1);
    }
    assertEquals(" " + "▁".repeat(History.CAPACITY), curve(History.CAPACITY + 1));
  }
}
