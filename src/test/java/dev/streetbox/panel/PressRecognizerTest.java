package dev.streetbox.panel;

import static dev.streetbox.panel.Gesture.DOUBLE_PRESS;
import static dev.streetbox.panel.Gesture.HOLD;
import static dev.streetbox.panel.Gesture.PRESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PressRecognizerTest {
  private static final int SEEDS = 200;

  private final PressRecognizer recognizer = new PressRecognizer(PressTimes.DEFAULT);

  private static PressRecognizer.Press press(long tickMs) {
    return new PressRecognizer.Press(PRESS, tickMs);
  }

  @Test
  void aContactOfThirtyMsToTwoSecondsIsAPress() {
    for (int ms : List.of(30, 31, 100, 500, 1_999, 2_000)) {
      assertEquals(List.of(PRESS), new ButtonTrace(1).rest(100).press(ms).gestures(), ms + " ms");
    }
  }

  @Test
  void aShorterOrLongerContactIsNoPress() {
    recognizer.edge(0, true);
    for (int ms : List.of(1, 10, 20, 27)) {
      recognizer.edge(10_000, false);
      assertEquals(List.of(), recognizer.edge(10_000 + ms, true), ms + " ms");
      assertEquals(List.of(), recognizer.elapse(20_000), ms + " ms");
    }
    for (int ms : List.of(2_001, 2_900)) {
      assertEquals(List.of(), new ButtonTrace(1).rest(100).press(ms).gestures(), ms + " ms");
    }
  }

  @Test
  void aPressIsMadeWhenTheWindowOfASecondOneHasClosed() {
    recognizer.edge(0, true);
    recognizer.edge(1_000, false);
    recognizer.edge(1_200, true);
    assertEquals(List.of(), recognizer.elapse(1_799));
    assertEquals(List.of(press(1_000)), recognizer.elapse(1_800));
    assertEquals(OptionalLong.empty(), recognizer.nextTickMs());
  }

  @Test
  void theFingerIsFeltWithinTwentyMs() {
    recognizer.edge(0, true);
    recognizer.edge(1_000, false);
    assertEquals(OptionalLong.of(1_020), recognizer.nextTickMs());
    recognizer.elapse(1_019);
    assertFalse(recognizer.isTouched());
    recognizer.elapse(1_020);
    assertTrue(recognizer.isTouched());
    recognizer.edge(1_200, true);
    recognizer.elapse(1_240);
    assertFalse(recognizer.isTouched());
  }

  @Test
  void aSecondPressWithinTheWindowMakesADoublePressAtTheFirst() {
    assertEquals(
        List.of(new PressRecognizer.Press(DOUBLE_PRESS, 100)),
        new ButtonTrace(2)
            .rest(100)
            .press(150)
            .rest(590)
            .press(150)
            .recognised(PressTimes.DEFAULT));
    assertEquals(
        List.of(PRESS, PRESS), new ButtonTrace(2).press(150).rest(640).press(150).gestures());
  }

  @Test
  void aThirdPressBelongsToTheTwoBeforeIt() {
    ButtonTrace trace = new ButtonTrace(3);
    trace.press(100).rest(200).press(100).rest(200).press(100).rest(300).press(100);
    assertEquals(List.of(DOUBLE_PRESS), trace.gestures());
    assertEquals(
        List.of(DOUBLE_PRESS, PRESS), trace.rest(700).press(100).gestures(), "and ends with them");
  }

  @Test
  void aHoldIsRecognisedWhileTheButtonIsDown() {
    recognizer.edge(0, true);
    recognizer.edge(1_000, false);
    assertEquals(List.of(), recognizer.elapse(3_999));
    assertEquals(List.of(new PressRecognizer.Press(HOLD, 1_000)), recognizer.elapse(4_000));
    assertEquals(List.of(), recognizer.edge(9_000, true));
    assertEquals(List.of(), recognizer.elapse(20_000));
  }

  @Test
  void aPressThatIsFollowedByAHoldIsBoth() {
    assertEquals(
        List.of(PRESS, HOLD), new ButtonTrace(4).press(100).rest(300).press(4_000).gestures());
  }

  @Test
  void aButtonThatIsDownAtTheStartCountsOnceItWasUp() {
    recognizer.edge(0, false);
    assertEquals(List.of(), recognizer.elapse(60_000));
    assertFalse(recognizer.isTouched());
    recognizer.edge(60_000, true);
    recognizer.edge(61_000, false);
    recognizer.edge(61_100, true);
    assertEquals(List.of(press(61_000)), recognizer.elapse(70_000));
  }

  @Test
  void vibrationOnCobblesIsNoPress() {
    Seeds.each(
        SEEDS, seed -> assertEquals(List.of(), new ButtonTrace(seed).cobbles(60_000).gestures()));
  }

  @Test
  void aPressOfThirtyMsCountsOnceHoweverItBounces() {
    Seeds.each(
        SEEDS,
        seed -> assertEquals(List.of(PRESS), new ButtonTrace(seed).rest(50).press(30).gestures()));
  }

  @Test
  void aRideOfPressesOnCobblesGivesEachGestureOnceAndAtItsTime() {
    Seeds.each(SEEDS, PressRecognizerTest::ride);
  }

  private static void ride(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ButtonTrace trace = new ButtonTrace(seed);
    List<PressRecognizer.Press> made = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      trace.cobbles(random.nextInt(500, 3_000)).rest(60);
      Gesture gesture = List.of(PRESS, DOUBLE_PRESS, HOLD).get(random.nextInt(3));
      made.add(new PressRecognizer.Press(gesture, trace.nowMs()));
      switch (gesture) {
        case PRESS -> trace.shakenPress(random.nextInt(120, 1_800));
        case DOUBLE_PRESS ->
            trace
                .shakenPress(random.nextInt(120, 400))
                .rest(random.nextInt(80, 400))
                .shakenPress(random.nextInt(120, 400));
        case HOLD -> trace.shakenPress(random.nextInt(3_200, 5_000));
      }
      trace.rest(60).cobbles(1_000);
    }
    assertEquals(made, trace.recognised(PressTimes.DEFAULT));
  }

  @Test
  void itDoesNotMatterHowOftenTimeIsTold() {
    Seeds.each(
        10,
        seed -> {
          PressRecognizer often = new PressRecognizer(PressTimes.DEFAULT);
          PressRecognizer seldom = new PressRecognizer(PressTimes.DEFAULT);
          List<PressRecognizer.Press> first = new ArrayList<>(often.edge(0, true));
          List<PressRecognizer.Press> second = new ArrayList<>(seldom.edge(0, true));
          SplittableRandom random = new SplittableRandom(seed);
          List<Integer> edges = new ArrayList<>();
          random.ints(60, 1, 18_000).sorted().distinct().forEach(edges::add);
          boolean high = true;
          for (int ms = 0; ms < 25_000; ms++) {
            if (Collections.binarySearch(edges, ms) >= 0) {
              high = !high;
              first.addAll(often.edge(ms, high));
              second.addAll(seldom.edge(ms, high));
            }
            first.addAll(often.elapse(ms));
          }
          second.addAll(seldom.elapse(25_000));
          assertEquals(first, second);
        });
  }
}
