package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Range;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks which closes by the broker convict a row. */
class SingleRowClosesTest {
  private static final Range ROW = new Range(41, 7, 7);
  private static final Range OTHER = new Range(41, 8, 9);

  private final SingleRowCloses closes = new SingleRowCloses();

  @Test
  void twentyClosesInTenMinutesWithAnotherRowAcceptedInBetweenConvictARow() {
    assertFalse(closes.onClosed(ROW, 2, 0));
    closes.onAccepted(OTHER, 2);
    for (int close = 2; close <= 19; close++) {
      assertFalse(closes.onClosed(ROW, 2, close * 60_000L), "close " + close);
    }
    assertTrue(closes.onClosed(ROW, 2, 1_200_000));
  }

  @Test
  void noRowIsConvictedBeforeTenMinutes() {
    closes.onClosed(ROW, 2, 0);
    closes.onAccepted(OTHER, 2);
    for (int close = 2; close <= 100; close++) {
      assertFalse(closes.onClosed(ROW, 2, 599_999), "close " + close);
    }
    assertTrue(closes.onClosed(ROW, 2, 600_000));
  }

  @Test
  void aRowAcceptedEarlierOnTheConnectionProvesNothing() {
    closes.onClosed(ROW, 2, 0);
    closes.onAccepted(OTHER, 1);
    for (int close = 2; close <= 100; close++) {
      assertFalse(closes.onClosed(ROW, 2, close * 60_000L), "close " + close);
    }
    assertTrue(closes.needsComparison());
    closes.onAccepted(OTHER, 2);
    assertFalse(closes.needsComparison());
    assertTrue(closes.onClosed(ROW, 2, 6_060_000));
  }

  @Test
  void aRowAcceptedBeforeTheFirstCloseProvesNothing() {
    closes.onAccepted(OTHER, 5);
    for (int close = 1; close <= 100; close++) {
      assertFalse(closes.onClosed(ROW, 2, close * 60_000L), "close " + close);
    }
  }

  @Test
  void aRowWaitsThirtySecondsAfterEachClose() {
    closes.onClosed(ROW, 2, 1000);
    assertEquals(List.of(ROW), closes.waiting(30_999).toList());
    assertFalse(closes.isWaiting(31_000));
  }

  @Test
  void theClosesOfAnAcceptedRowAreRemoved() {
    closes.onClosed(ROW, 2, 0);
    closes.onAccepted(new Range(41, 1, 10), 2);
    assertFalse(closes.isWaiting(1));
  }
}
