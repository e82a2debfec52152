package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.mqtt.DeliveryOutcome;
import dev.streetbox.mqtt.Message;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Checks when the state is sent, and when it is sent again. */
class StateLaneTest {
  private static final Message STATE = new Message("t/state", new byte[0], "", true);

  private final StateLane lane = new StateLane();

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

  private void send() {
    lane.onConnected(STATE);
    assertEquals(Optional.of(STATE), lane.next(0));
    lane.markSent(1);
  }
}
