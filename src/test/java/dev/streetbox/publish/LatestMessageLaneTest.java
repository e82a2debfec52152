package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.mqtt.DeliveryOutcome;
import dev.streetbox.mqtt.Message;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Checks when the state is sent, and when it is sent again. */
class LatestMessageLaneTest {
  private static final Message STATE = new Message("t/state", new byte[0], "", true);

  private final LatestMessageLane lane = new LatestMessageLane();

  @Test
  void aStateThatTheBrokerDoesNotAcceptNowIsSentAgainAfterASecond() {
    send();
    lane.onAnswer(1, DeliveryOutcome.LATER, 0);
    assertEquals(Optional.empty(), lane.next(999));
    assertTrue(lane.isWaiting(999));
    assertEquals(Optional.of(STATE), lane.next(1000));
    assertFalse(lane.isWaiting(1000));
  }

  @Test
  void anAcceptedStateIsNotSentAgain() {
    send();
    lane.onAnswer(1, DeliveryOutcome.DELIVERED, 0);
    assertEquals(Optional.empty(), lane.next(600_000));
  }

  @Test
  void anAnswerToAnotherMessageLeavesTheStateInFlight() {
    send();
    lane.onAnswer(2, DeliveryOutcome.LATER, 0);
    assertFalse(lane.isWaiting(0));
    assertEquals(Optional.empty(), lane.next(0));
  }

  @Test
  void aMessageThatIsInFlightAtALossIsSentAgain() {
    send();
    lane.onConnectionLost(0);
    assertEquals(Optional.of(STATE), lane.next(0));
  }

  @Test
  void aMessageThatIsInFlightAtThreeLossesInSuccessionWaitsFiveMinutes() {
    for (int loss = 0; loss < 3; loss++) {
      send();
      lane.onConnectionLost(1_000);
    }
    assertEquals(Optional.empty(), lane.next(300_999));
    assertTrue(lane.isWaiting(300_999));
    assertEquals(Optional.of(STATE), lane.next(301_000));
  }

  @Test
  void aLossWithNothingInFlightCountsForNothing() {
    for (int loss = 0; loss < 3; loss++) {
      lane.onConnectionLost(0);
    }
    send();
  }

  @Test
  void aNewerMessageReplacesOneThatWasRefused() {
    send();
    Message newer = new Message("t/state", new byte[] {1}, "", true);
    lane.offer(newer);
    assertFalse(lane.onAnswer(1, DeliveryOutcome.LATER, 0));
    assertEquals(Optional.of(newer), lane.next(0));
  }

  private void send() {
    lane.offer(STATE);
    assertEquals(Optional.of(STATE), lane.next(0));
    lane.markSent(1);
  }
}
