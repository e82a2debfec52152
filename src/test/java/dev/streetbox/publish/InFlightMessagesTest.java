package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How much may be in flight, and how long an answer may take. */
class InFlightMessagesTest {
  private final InFlightMessages inFlight = new InFlightMessages();

  @Test
  void theBrokersReceiveMaximumIsKept() {
    inFlight.opened(2);
    inFlight.sent(1, 10, 0);
    assertTrue(inFlight.hasRoom(0, 0));
    inFlight.sent(2, 10, 0);
    assertFalse(inFlight.hasRoom(0, 0));
    inFlight.answered(1, 5);
    assertTrue(inFlight.hasRoom(0, 0));
  }

  @Test
  void bytesAreLimitedTooButOneMessageAlwaysFits() {
    inFlight.opened(100);
    assertTrue(inFlight.hasRoom(0, InFlightMessages.BYTES));
    inFlight.sent(1, InFlightMessages.BYTES, 0);
    assertFalse(inFlight.hasRoom(0, 0));
    assertFalse(inFlight.hasRoom(19, 0));
  }

  @Test
  void anAnswerIsOverdueAfterTenSecondsOnAQuickLink() {
    inFlight.opened(20);
    inFlight.sent(1, 10, 0);
    inFlight.answered(1, 100);
    inFlight.sent(2, 10, 1000);
    assertFalse(inFlight.isOverdue(11_000));
    assertTrue(inFlight.isOverdue(11_001));
  }

  @Test
  void aSlowLinkIsGivenThreeTimesItsSlowestAnswer() {
    inFlight.opened(20);
    inFlight.sent(1, 10, 0);
    assertEquals(Optional.of(8000L), inFlight.answered(1, 8000));
    inFlight.sent(2, 10, 10_000);
    assertFalse(inFlight.isOverdue(34_000));
    assertTrue(inFlight.isOverdue(34_001));
  }

  @Test
  void answersToWhatIsNotInFlightMeanNothing() {
    inFlight.opened(20);
    assertEquals(Optional.empty(), inFlight.answered(9, 5));
    inFlight.sent(1, 10, 0);
    inFlight.opened(20);
    assertEquals(0, inFlight.size());
    assertFalse(inFlight.isOverdue(1_000_000));
  }
}
