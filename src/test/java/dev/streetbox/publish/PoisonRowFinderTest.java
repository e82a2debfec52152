package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Range;
import org.junit.jupiter.api.Test;

/** Checks which losses prove that a row is the reason. */
class PoisonRowFinderTest {
  private static final Range ROW = new Range(41, 7, 7);

  private final PoisonRowFinder poisonRows = new PoisonRowFinder();

  @Test
  void aRowAloneInFlightAtSevenClosesByTheBrokerIsFound() {
    for (int loss = 1; loss <= 6; loss++) {
      assertFalse(poisonRows.onLoss(ROW, true, true), "loss " + loss);
    }
    assertTrue(poisonRows.onLoss(ROW, true, true));
  }

  @Test
  void missingAnswersNeverFindARow() {
    for (int loss = 1; loss <= 20; loss++) {
      assertFalse(poisonRows.onLoss(ROW, true, false), "loss " + loss);
    }
  }
}
