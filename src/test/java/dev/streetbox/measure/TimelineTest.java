package dev.streetbox.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static Anchor anchor(long tickMs, long utcMs, TimeSource source) {
    return new Anchor(1, tickMs, utcMs, source, 0);
  }

  @Test
  void aRowFromBeforeTheFirstAnchorGetsItsRightTime() {
    Timeline timeline =
        new Timeline(
            List.of(
                anchor(0, 5_000, TimeSource.EST),
                anchor(600_000, 1_795_420_800_000L, TimeSource.GNSS)));
    assertEquals(1_795_420_200_000L, timeline.utcMs(0));
    assertEquals(TimeSource.GNSS, timeline.source());
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
  void satellitesAreBelievedBeforeTheSystemClock() {
    Timeline timeline =
        new Timeline(List.of(anchor(0, 7_000, TimeSource.NTP), anchor(0, 9_000, TimeSource.GNSS)));
    assertEquals(9_010, timeline.utcMs(10));
  }

  @Test
  void aBootWithoutAnyAnchorIsABug() {
    assertThrows(IllegalArgumentException.class, () -> new Timeline(List.of()));
  }
}
