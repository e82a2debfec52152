package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How much may be in flight, and how long an answer may take. */
class WindowTest {
  private final Window window = new Window();

  @Test
  void theBrokersReceiveMaximumIsKept() {
    window.opened(2);
    window.sent(1, 10, 0);
    assertTrue(window.hasRoom(0, 0));
    window.sent(2, 10, 0);
    assertFalse(window.hasRoom(0, 0));
    window.answered(1, 5);
    assertTrue(window.hasRoom(0, 0));
  }

  @Test
  void bytesAreLimitedTooButOneMessageAlwaysFits() {
    window.opened(100);
    assertTrue(window.hasRoom(0, Window.BYTES));
    window.sent(1, Window.BYTES, 0);
    assertFalse(window.hasRoom(0, 0));
    assertFalse(window.hasRoom(19, 0));
  }

  @Test
  void anAnswerIsOverdueAfterTenSecondsOnAQuickLink() {
    window.opened(20);
    window.sent(1, 10, 0);
    window.answered(1, 100);
    window.sent(2, 10, 1000);
    assertFalse(window.isOverdue(11_000));
    assertTrue(window.isOverdue(11_001));
  }

  @Test
  void aSlowLinkIsGivenThreeTimesItsSlowestAnswer() {
    window.opened(20);
    window.sent(1, 10, 0);
    assertEquals(Optional.of(8000L), window.answered(1, 8000));
    window.sent(2, 10, 10_000);
    assertFalse(window.isOverdue(34_000));
    assertTrue(window.isOverdue(34_001));
  }

  @Test
  void answersToWhatIsNotInFlightMeanNothing() {
    window.opened(20);
    assertEquals(Optional.empty(), window.answered(9, 5));
    window.sent(1, 10, 0);
    window.opened(20);
    assertEquals(0, window.size());
    assertFalse(window.isOverdue(1_000_000));
  }
}
