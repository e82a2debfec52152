package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Range;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks which closes and refusals by the broker convict a row. */
class SingleRowRefusalsTest {
  private static final Range ROW = new Range(41, 7, 7);
  private static final Range OTHER = new Range(41, 8, 9);

  private final SingleRowRefusals refusals = new SingleRowRefusals();

  @Test
  void twentyClosesInTenMinutesWithAnotherRowAcceptedInBetweenConvictARow() {
    assertFalse(refusals.onClosed(ROW, 2, 0));
    refusals.onAccepted(OTHER, 2);
    for (int close = 2; close <= 19; close++) {
      assertFalse(refusals.onClosed(ROW, 2, close * 60_000L), "close " + close);
    }
    assertTrue(refusals.onClosed(ROW, 2, 1_200_000));
  }

  @Test
  void noRowIsConvictedBeforeTenMinutes() {
    refusals.onClosed(ROW, 2, 0);
    refusals.onAccepted(OTHER, 2);
    for (int close = 2; close <= 100; close++) {
      assertFalse(refusals.onClosed(ROW, 2, 599_999), "close " + close);
    }
    assertTrue(refusals.onClosed(ROW, 2, 600_000));
  }

  @Test
  void aRowAcceptedEarlierOnTheConnectionProvesNothing() {
    refusals.onClosed(ROW, 2, 0);
    refusals.onAccepted(OTHER, 1);
    for (int close = 2; close <= 100; close++) {
      assertFalse(refusals.onClosed(ROW, 2, close * 60_000L), "close " + close);
    }
    assertTrue(refusals.needsComparison());
    refusals.onAccepted(OTHER, 2);
    assertFalse(refusals.needsComparison());
    assertTrue(refusals.onClosed(ROW, 2, 6_060_000));
  }

  @Test
  void aRowAcceptedBeforeTheFirstCloseProvesNothing() {
    refusals.onAccepted(OTHER, 5);
    for (int close = 1; close <= 100; close++) {
      assertFalse(refusals.onClosed(ROW, 2, close * 60_000L), "close " + close);
    }
  }

  @Test
  void aRowWaitsThirtyTwoSecondsAfterEachRefusal() {
    refusals.onClosed(ROW, 2, 1000);
    assertEquals(List.of(ROW), refusals.waiting(32_999).toList());
    assertFalse(refusals.isWaiting(33_000));
  }

  @Test
  void theClosesOfAnAcceptedRowAreRemoved() {
    refusals.onClosed(ROW, 2, 0);
    refusals.onAccepted(new Range(41, 1, 10), 2);
    assertFalse(refusals.isWaiting(1));
  }

  @Test
  void twentyPubacksInTenMinutesConvictARowOnceAnotherOneIsAccepted() {
    for (int refusal = 1; refusal <= 100; refusal++) {
      assertFalse(refusals.onRefused(ROW, refusal * 32_000L), "refusal " + refusal);
    }
    refusals.onAccepted(OTHER, 0);
    assertTrue(refusals.onRefused(ROW, 3_300_000));
  }

  @Test
  void aRowIsKnownFromItsFirstRefusalUntilItIsAccepted() {
    assertFalse(refusals.isKnown(ROW));
    refusals.onRefused(ROW, 0);
    assertTrue(refusals.isKnown(ROW));
    assertFalse(refusals.isKnown(OTHER));
    refusals.onAccepted(ROW, 3);
    assertFalse(refusals.isKnown(ROW));
  }

  @Test
  void theWaitDoublesToFiveMinutesWhileNoRowIsAccepted() {
    long nowMs = 0;
    for (long waitMs : new long[] {32_000, 64_000, 128_000, 256_000, 300_000, 300_000}) {
      refusals.onRefused(ROW, nowMs);
      assertTrue(refusals.isWaiting(nowMs + waitMs - 1), waitMs + " ms");
      assertFalse(refusals.isWaiting(nowMs + waitMs), waitMs + " ms");
      nowMs += waitMs;
    }
    refusals.onLiveAccepted();
    refusals.onRefused(ROW, nowMs);
    assertFalse(refusals.isWaiting(nowMs + 32_000));
  }

  @Test
  void anAcceptedLiveRowIsComparedWithPubacksAndNotWithCloses() {
    for (int refusal = 1; refusal <= 20; refusal++) {
      assertFalse(refusals.onRefused(ROW, refusal * 60_000L));
      assertFalse(refusals.onClosed(OTHER, 2, refusal * 60_000L));
    }
    refusals.onLiveAccepted();
    assertTrue(refusals.onRefused(ROW, 1_300_000));
    assertFalse(refusals.onClosed(OTHER, 2, 1_300_000));
  }
}
