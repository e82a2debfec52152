package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Checks the limits of messages in flight and the time limit of their answers. */
class InFlightMessagesTest {
  private final InFlightMessages inFlight = new InFlightMessages();

  @Test
  void theBrokersReceiveMaximumIsKept() {
    inFlight.onConnected(2);
    inFlight.add(1, 10, 0);
    assertTrue(inFlight.hasRoom(0, 0));
    inFlight.add(2, 10, 0);
    assertFalse(inFlight.hasRoom(0, 0));
    inFlight.remove(1, 5);
    assertTrue(inFlight.hasRoom(0, 0));
  }

  @Test
  void bytesAreLimitedTooButOneMessageMayAlwaysBeSent() {
    inFlight.onConnected(100);
    assertTrue(inFlight.hasRoom(0, InFlightMessages.MAX_BYTES));
    inFlight.add(1, InFlightMessages.MAX_BYTES, 0);
    assertFalse(inFlight.hasRoom(0, 0));
    assertFalse(inFlight.hasRoom(19, 0));
  }

  @Test
  void anAnswerIsOverdueAfterTenSecondsOnAQuickLink() {
    inFlight.onConnected(20);
    inFlight.add(1, 10, 0);
    inFlight.remove(1, 100);
    inFlight.add(2, 10, 1000);
    assertFalse(inFlight.isOverdue(11_000));
    assertTrue(inFlight.isOverdue(11_001));
  }

  @Test
  void onASlowLinkAnAnswerIsOverdueAfterThreeTimesTheSlowest() {
    inFlight.onConnected(20);
    inFlight.add(1, 10, 0);
    assertEquals(Optional.of(8000L), inFlight.remove(1, 8000));
    inFlight.add(2, 10, 10_000);
    assertFalse(inFlight.isOverdue(34_000));
    assertTrue(inFlight.isOverdue(34_001));
  }

  @Test
  void anAnswerToAMessageThatIsNotInFlightChangesNothing() {
    inFlight.onConnected(20);
    assertEquals(Optional.empty(), inFlight.remove(9, 5));
    inFlight.add(1, 10, 0);
    inFlight.onConnected(20);
    assertEquals(0, inFlight.size());
    assertFalse(inFlight.isOverdue(1_000_000));
  }

  @Test
  void anAnsweredMessageFreesItsBytes() {
    inFlight.onConnected(20);
    inFlight.add(1, InFlightMessages.MAX_BYTES, 0);
    inFlight.remove(1, 5);
    inFlight.add(2, 10, 5);
    assertTrue(inFlight.hasRoom(0, 0));
  }

  @Test
  void theRoundTripIsTheTimeFromTheMessageToItsAnswer() {
    inFlight.onConnected(20);
    inFlight.add(1, 10, 1000);
    assertEquals(Optional.of(500L), inFlight.remove(1, 1500));
  }

  @Test
  void bytesThatAreKeptFreeAreTakenOffTheLimit() {
    inFlight.onConnected(20);
    inFlight.add(1, InFlightMessages.MAX_BYTES - 100, 0);
    assertTrue(inFlight.hasRoom(0, 99));
    assertFalse(inFlight.hasRoom(0, 100));
  }

  @Test
  void anAnswerThatALaterOneOvertookIsOverdueAfterTwoMinutes() {
    inFlight.onConnected(20);
    inFlight.add(1, 10, 0);
    inFlight.add(2, 10, 0);
    inFlight.add(3, 10, 100_000);
    inFlight.remove(2, 100);
    assertFalse(inFlight.isOverdue(110_000));
    assertTrue(inFlight.isOverdue(110_001), "no answer is later than message 3");
    inFlight.remove(3, 100_100);
    assertFalse(inFlight.isOverdue(120_000));
    assertTrue(inFlight.isOverdue(120_001));
  }

  @Test
  void aSilenceDoublesTheTimeOfTheNextConnection() {
    inFlight.onConnected(20);
    inFlight.add(1, 10, 0);
    inFlight.onSilence();
    inFlight.onConnected(20);
    inFlight.add(2, 10, 0);
    assertFalse(inFlight.isOverdue(20_000));
    assertTrue(inFlight.isOverdue(20_001));
  }
}
