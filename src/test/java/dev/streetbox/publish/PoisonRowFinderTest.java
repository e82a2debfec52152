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

  @Test
  void rowsMustBeSentAloneFromTheThirdLossOn() {
    poisonRows.onLoss(ROW, false);
    poisonRows.onLoss(ROW, false);
    assertFalse(poisonRows.mustBeSentAlone(ROW));
    poisonRows.onLoss(ROW, false);
    assertTrue(poisonRows.mustBeSentAlone(ROW));
  }

  @Test
  void rowsAloneInFlightAreSplitFromTheFourthLossOn() {
    for (int loss = 1; loss <= 3; loss++) {
      poisonRows.onLoss(rows(1, 4), true);
    }
    assertEquals(rows(1, 4), poisonRows.sendablePrefix(rows(1, 4)));
    poisonRows.onLoss(rows(1, 4), true);
    assertEquals(rows(1, 2), poisonRows.sendablePrefix(rows(1, 4)));
  }

  @Test
  void rowsInTheMiddleOfASuspectAreClearedWithoutTheOthers() {
    poisonRows.onRefused(rows(1, 10));
    poisonRows.clear(rows(4, 6));
    assertEquals(rows(1, 3), poisonRows.sendablePrefix(rows(1, 10)));
    assertEquals(rows(4, 6), poisonRows.sendablePrefix(rows(4, 10)));
    assertEquals(rows(5, 6), poisonRows.sendablePrefix(rows(5, 10)));
    assertEquals(rows(7, 10), poisonRows.sendablePrefix(rows(7, 12)));
  }

  @Test
  void aSuspectOfOneBootLimitsNoRowsOfAnother() {
    poisonRows.onRefused(rows(1, 10));
    assertEquals(new Range(42, 1, 10), poisonRows.sendablePrefix(new Range(42, 1, 10)));
  }

  private static Range rows(long first, long last) {
    return new Range(41, first, last);
  }
}
