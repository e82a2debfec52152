package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Range;
import org.junit.jupiter.api.Test;

/** Checks which losses prove that a row is the reason. */
class PoisonRowFinderTest {
  private static final Range ROW = new Range(41, 7, 7);

  private final PoisonRowFinder poisonRows = new PoisonRowFinder();

  @Test
  void aRowAloneInFlightMayBeTheReasonFromTheFourthLossOn() {
    for (int loss = 1; loss <= 3; loss++) {
      assertFalse(poisonRows.onLoss(ROW, true), "loss " + loss);
    }
    assertTrue(poisonRows.onLoss(ROW, true));
    assertFalse(poisonRows.onLoss(ROW, false), "another message was in flight");
  }

  @Test
  void severalRowsAreSplitAndAreNeverTheReason() {
    Range rows = new Range(41, 1, 8);
    for (int loss = 1; loss <= 20; loss++) {
      assertFalse(poisonRows.onLoss(rows, true), "loss " + loss);
    }
    assertEquals(new Range(41, 1, 4), poisonRows.sendablePrefix(rows));
  }
}
