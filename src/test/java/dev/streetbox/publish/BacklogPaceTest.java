package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BacklogPaceTest {
  private final BacklogPace pace = new BacklogPace();

  private int allowed() {
    int batches = 0;
    while (pace.allows(batches, 0)) {
      batches++;
    }
    return batches;
  }

  private void answers(int count, long roundTripMs) {
    for (int i = 0; i < count; i++) {
      pace.onAnswer(roundTripMs, true);
    }
  }

  @Test
  void promptAnswersToTheBacklogRaiseThePaceUpToTheWindow() {
    assertEquals(2, allowed());
    answers(5, 20);
    assertEquals(7, allowed());
    answers(50, 20);
    assertEquals(InFlightMessages.MAX_MESSAGES, allowed());
  }

  @Test
  void promptAnswersToLiveRowsDoNotRaiseThePace() {
    pace.onAnswer(20, false);
    assertEquals(2, allowed());
  }

  @Test
  void oneLateAnswerLeavesOneBatchWhateverItsMessage() {
    answers(10, 20);
    pace.onAnswer(20 + BacklogPace.LONG_MS + 1, false);
    assertEquals(1, allowed());
  }

  @Test
  void aLinkWithALongRoundTripIsNotSlow() {
    answers(10, 900);
    assertEquals(12, allowed());
  }

  @Test
  void aDelayBetweenTheLimitsLowersThePaceByOne() {
    answers(10, 20);
    pace.onAnswer(20 + BacklogPace.SHORT_MS + 1, true);
    assertEquals(11, allowed());
  }

  @Test
  void aLinkThatOneBatchFillsGetsSmallerBatchesAndLaterLargerOnes() {
    pace.onAnswer(20, false);
    answers(1, 1_000);
    assertEquals(Lanes.BATCH_ROWS, pace.rows());
    answers(1, 1_000);
    assertEquals(Lanes.BATCH_ROWS / 2, pace.rows());
    answers(9, 1_000);
    assertEquals(BacklogPace.LEAST_ROWS, pace.rows());
    answers(3, 30);
    assertEquals(Lanes.BATCH_ROWS, pace.rows());
    assertEquals(1, allowed());
    answers(1, 30);
    assertEquals(2, allowed());
  }

  @Test
  void whileAnAnswerIsLateNothingIsAddedAndOneBatchAloneIsAlwaysAllowed() {
    answers(10, 20);
    assertTrue(pace.allows(1, BacklogPace.LONG_MS));
    assertFalse(pace.allows(1, BacklogPace.LONG_MS + 21));
    assertTrue(pace.allows(0, BacklogPace.LONG_MS + 21));
  }

  @Test
  void aNewConnectionBeginsAnew() {
    answers(10, 20);
    pace.onConnected();
    assertEquals(2, allowed());
    answers(5, 900);
    assertEquals(7, allowed());
  }

  @Test
  void theLinkIsQuietBeforeALiveBatchForAsLongAsTheBacklogWasDelayed() {
    answers(1, 20);
    assertEquals(0, pace.quietMs());
    answers(1, 260);
    assertEquals(240, pace.quietMs());
    pace.onAnswer(420, false);
    assertEquals(240, pace.quietMs(), "a live batch is not the backlog");
  }

  @Test
  void thePauseBeforeALiveBatchIsASecondAtMostAndFallsWithTheDelay() {
    answers(1, 20);
    answers(1, 5_000);
    assertEquals(BacklogPace.MOST_QUIET_MS, pace.quietMs());
    answers(30, 20);
    assertTrue(pace.quietMs() < 100, pace.quietMs() + " ms");
    pace.onConnected();
    assertEquals(0, pace.quietMs());
  }
}
