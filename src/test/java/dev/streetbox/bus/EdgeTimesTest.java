package dev.streetbox.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class EdgeTimesTest {
  private static final long NOW_NS = 9_000_000_000_000L;
  private static final long MS = 1_000_000;

  private final EdgeTimes times = new EdgeTimes();

  @Test
  void theLevelAtTheStartIsTheFirstChange() {
    assertEquals(Optional.of(new GpioInput.Edge(0, true)), times.level(true));
    assertEquals(Optional.empty(), times.level(true));
  }

  @Test
  void anEdgeIsAsOldAsTheKernelSays() {
    times.level(true);
    assertEquals(
        Optional.of(new GpioInput.Edge(212, false)), times.edge(NOW_NS - 212 * MS, NOW_NS, false));
  }

  @Test
  void anEdgeOfAnotherClockHappensNow() {
    times.level(true);
    long utcNs = 1_795_000_000L * 1_000_000_000L;
    assertEquals(Optional.of(new GpioInput.Edge(0, false)), times.edge(utcNs, NOW_NS, false));
    assertEquals(Optional.of(new GpioInput.Edge(0, true)), times.edge(0, NOW_NS, true));
  }

  @Test
  void anEdgeThatTheKernelDroppedIsSeenInTheLevel() {
    times.level(true);
    times.edge(NOW_NS, NOW_NS, false);
    assertEquals(Optional.of(new GpioInput.Edge(0, true)), times.level(true));
  }

  @Test
  void anEdgeToTheLevelThatHoldsAlreadyIsNoChange() {
    times.level(false);
    assertEquals(Optional.empty(), times.edge(NOW_NS, NOW_NS, false));
  }

  @Test
  void aReopenedLineReportsItsLevelAgain() {
    times.level(false);
    times.restart();
    assertEquals(Optional.of(new GpioInput.Edge(0, false)), times.level(false));
  }
}
