package dev.streetbox.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final long DAY_MS = 86_400_000;
  private static final List<TimeSource> SOURCES = List.of(TimeSource.values());
  private static final long NOW_MS = 1_795_420_800_000L;

  private static Anchor anchor(long tickMs, long utcMs, TimeSource source) {
    return new Anchor(1, tickMs, utcMs, source, 0);
  }

  @Test
  void aRowFromBeforeTheFirstAnchorGetsItsRightTime() {
    Timeline timeline =
        new Timeline(
            List.of(anchor(0, 5_000, TimeSource.EST), anchor(600_000, NOW_MS, TimeSource.GNSS)));
    assertEquals(NOW_MS - 600_000, timeline.utcMs(0));
    assertEquals(NOW_MS - 600_000, timeline.startMs());
    assertEquals(TimeSource.GNSS, timeline.source(0));
    assertFalse(timeline.isEstimate());
  }

  @Test
  void driftBetweenTwoAnchorsIsSpreadEvenly() {
    Timeline timeline =
        new Timeline(
            List.of(
                anchor(1_000, 101_000, TimeSource.NTP), anchor(3_000, 103_100, TimeSource.NTP)));
    assertEquals(102_050, timeline.utcMs(2_000));
    assertEquals(104_100, timeline.utcMs(4_000));
    assertEquals(100_500, timeline.utcMs(500));
  }

  @Test
  void theTimeOfARowComesFromTheAnchorBeforeIt() {
    Timeline timeline =
        new Timeline(
            List.of(
                anchor(600_000, NOW_MS + 600_200, TimeSource.GNSS),
                anchor(5_000, NOW_MS + 5_000, TimeSource.NTP)));
    assertEquals(TimeSource.NTP, timeline.source(0));
    assertEquals(TimeSource.NTP, timeline.source(599_999));
    assertEquals(TimeSource.GNSS, timeline.source(600_000));
    assertEquals(NOW_MS, timeline.utcMs(0));
    assertEquals(NOW_MS + 700_200, timeline.utcMs(700_000));
  }

  @Test
  void atOneTickGnssTakesPrecedenceOverTheSystemClock() {
    Timeline timeline =
        new Timeline(List.of(anchor(0, 7_000, TimeSource.NTP), anchor(0, 9_000, TimeSource.GNSS)));
    assertEquals(9_010, timeline.utcMs(10));
  }

  @Test
  void ofAnchorsThatContradictEachOtherTheLaterOnesAreUsed() {
    Anchor asleep = anchor(40_000, NOW_MS + 40_000 + 7 * DAY_MS, TimeSource.GNSS);
    Anchor leapSecondsMissing = anchor(60_000, NOW_MS + 62_000, TimeSource.GNSS);
    Anchor awake = anchor(120_000, NOW_MS + 120_000, TimeSource.GNSS);
    Timeline timeline = new Timeline(List.of(asleep, leapSecondsMissing, awake));
    assertEquals(NOW_MS, timeline.startMs());
    assertTrue(timeline.corrects(new Timeline(List.of(asleep))));
    assertTrue(timeline.corrects(new Timeline(List.of(leapSecondsMissing))));
    assertFalse(timeline.corrects(new Timeline(List.of(awake))));
  }

  @Test
  void aLeapSecondMovesNoEarlierTime() {
    Anchor before = anchor(0, NOW_MS, TimeSource.GNSS);
    Timeline timeline =
        new Timeline(List.of(before, anchor(600_000, NOW_MS + 599_000, TimeSource.GNSS)));
    assertEquals(NOW_MS, timeline.startMs());
    assertEquals(NOW_MS + 299_500, timeline.utcMs(300_000));
    assertFalse(timeline.corrects(new Timeline(List.of(before))));
  }

  @Test
  void anEstimateLiesBetweenItsBoundsAndMovesIntoThem() {
    Timeline guess = new Timeline(List.of(new Anchor(1, 500, 90_500, TimeSource.EST, 20_000)));
    assertTrue(guess.isEstimate());
    assertEquals(OptionalLong.of(70_000), guess.earliestStartMs());
    assertEquals(OptionalLong.empty(), guess.latestStartMs());

    Timeline roomy = guess.withLatestStart(100_000, 0);
    assertEquals(90_000, roomy.startMs());
    assertEquals(OptionalLong.of(70_000), roomy.earliestStartMs());
    assertEquals(OptionalLong.of(100_000), roomy.latestStartMs());

    Timeline moved = guess.withLatestStart(80_000, 0);
    assertEquals(80_000, moved.startMs());
    assertEquals(OptionalLong.of(70_000), moved.earliestStartMs());

    assertEquals(75_000, guess.withLatestStart(80_000, 5_000).startMs());
    assertEquals(70_000, guess.withLatestStart(80_000, 50_000).startMs());
    assertEquals(90_000, guess.withLatestStart(100_000, 5_000).startMs());

    Timeline impossible = guess.withLatestStart(60_000, 0);
    assertEquals(60_000, impossible.startMs());
    assertEquals(OptionalLong.of(60_000), impossible.earliestStartMs());
    assertTrue(moved.corrects(guess) && roomy.corrects(guess) && !guess.corrects(guess));
  }

  @Test
  void aTrustedTimelineHasNoBounds() {
    Timeline known = new Timeline(List.of(anchor(0, NOW_MS, TimeSource.NTP)));
    assertEquals(OptionalLong.empty(), known.earliestStartMs());
    assertEquals(OptionalLong.empty(), known.withLatestStart(5, 0).latestStartMs());
    assertEquals(NOW_MS, known.withLatestStart(5, 0).startMs());
  }

  @Test
  void aBootWithoutAnyAnchorIsABug() {
    assertThrows(IllegalArgumentException.class, () -> new Timeline(List.of()));
  }

  @Test
  void timeNeverGoesBackForAnyAnchors() {
    Seeds.each(200, TimelineTest::walkRandomTimeline);
  }

  private static void walkRandomTimeline(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Anchor> anchors = new ArrayList<>();
    for (int i = random.nextInt(1, 12); i > 0; i--) {
      TimeSource source = SOURCES.get(random.nextInt(SOURCES.size()));
      long tickMs = random.nextLong(10_000);
      long errorMs = random.nextInt(4) == 0 ? random.nextLong(DAY_MS) : random.nextLong(3_000);
      anchors.add(anchor(tickMs, NOW_MS + tickMs + errorMs, source));
    }
    Timeline timeline = new Timeline(anchors);
    long before = Long.MIN_VALUE;
    for (long tickMs = 0; tickMs < 12_000; tickMs += 25) {
      long utcMs = timeline.utcMs(tickMs);
      assertTrue(utcMs >= before, () -> "back at some tick: " + anchors);
      before = utcMs;
    }
  }
}
