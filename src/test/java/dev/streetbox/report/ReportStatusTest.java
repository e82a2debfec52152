package dev.streetbox.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportStatusTest {
  @Test
  void aStateReplacesEarlierOnesOnly() {
    assertTrue(ReportStatus.SENT.replaces(ReportStatus.KEPT));
    assertTrue(ReportStatus.REJECTED.replaces(ReportStatus.DISPATCHED));
    assertFalse(ReportStatus.RECEIVED.replaces(ReportStatus.DISPATCHED));
    assertFalse(ReportStatus.RECEIVED.replaces(ReportStatus.RECEIVED));
  }

  @Test
  void ofTheTwoFinalStatesTheFirstStays() {
    assertFalse(ReportStatus.REJECTED.replaces(ReportStatus.DONE));
    assertFalse(ReportStatus.DONE.replaces(ReportStatus.REJECTED));
  }

  @Test
  void aNameThatIsNoneHasNoState() {
    assertEquals(Optional.of(ReportStatus.DONE), ReportStatus.of("done"));
    assertEquals(Optional.empty(), ReportStatus.of("DONE"));
  }
}
