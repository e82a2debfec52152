package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Range;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks when refused rows are declared. */
class RefusedRowsTest {
  private final RefusedRows refused = new RefusedRows();

  @Test
  void aRefusedRowIsDeclaredOnceOthersAreAccepted() {
    refused.suspect(row(7));
    assertEquals(List.of(), refused.take());
    assertEquals(List.of(row(7)), refused.all().toList(), "not sent meanwhile");
    refused.othersAccepted();
    assertEquals(List.of(row(7)), refused.take());
    assertEquals(List.of(), refused.take());
    assertEquals(List.of(), refused.all().toList());
  }

  @Test
  void twentyOneRefusedRowsWithNoneAcceptedAreSentAgain() {
    for (int seq = 1; seq <= 20; seq++) {
      assertFalse(refused.suspect(row(seq)), "row " + seq);
    }
    assertTrue(refused.suspect(row(21)));
    refused.othersAccepted();
    assertEquals(List.of(), refused.take());
  }

  private static Range row(long seq) {
    return new Range(41, seq, seq);
  }
}
