package dev.streetbox.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import dev.streetbox.bus.GpioInput.Edge;
import dev.streetbox.bus.ScriptedTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedLineTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir private Path folder;

  private final ScriptedTime time = new ScriptedTime();

  private SimulatedLine line(long seed) {
    SimulatedLine line = new SimulatedLine(time, seed, false, new PressFile(Optional.empty()));
    line.open();
    return line;
  }

  /** Returns the changes of the next seconds by their ticks. */
  private List<Edge> changes(SimulatedLine line, int seconds) throws IOException {
    List<Edge> changes = new ArrayList<>();
    long endMs = time.tickMs() + seconds * 1_000L;
    while (time.tickMs() < endMs) {
      for (Edge edge : line.await(SECOND)) {
        changes.add(new Edge(time.tickMs() - edge.ageMs(), edge.high()));
      }
    }
    return changes;
  }

  @Test
  void theFirstCallReturnsTheOpenSwitchAtOnce() throws IOException {
    assertEquals(List.of(new Edge(0, true)), line(1).await(SECOND));
    assertEquals(List.of(), time.slept());
  }

  @Test
  void aLineThatIsOpenedAgainReportsItsLevelOnceUnlessItWasClosed() throws IOException {
    SimulatedLine line = line(1);
    line.await(SECOND);
    line.open();
    assertEquals(List.of(), line.await(SECOND));
    line.close();
    line.open();
    assertEquals(List.of(new Edge(0, true)), line.await(SECOND));
  }

  @Test
  void aPressIsLowForTwoHundredMsBehindItsBounces() {
    Seeds.each(
        50,
        seed -> {
          SimulatedLine line = line(seed);
          long startMs = time.tickMs() + 500;
          line.operate(SwitchAction.PRESS, startMs);
          List<Edge> changes = changes(line, 2);
          assertEquals(new Edge(startMs, false), changes.get(1));
          Edge last = changes.get(changes.size() - 1);
          assertTrue(last.high());
          assertTrue(last.ageMs() >= startMs + 200 && last.ageMs() <= startMs + 210);
          assertFalse(
              changes.stream()
                  .anyMatch(e -> e.ageMs() > startMs + 10 && e.ageMs() < startMs + 200));
        });
  }

  @Test
  void aSwitchThatIsClosedStaysClosedUntilItIsOpened() throws IOException {
    SimulatedLine line = line(3);
    line.operate(SwitchAction.CLOSE, 100);
    List<Edge> closed = changes(line, 60);
    assertFalse(closed.get(closed.size() - 1).high());
    line.operate(SwitchAction.OPEN, time.tickMs() + 10);
    List<Edge> opened = changes(line, 1);
    assertTrue(opened.get(opened.size() - 1).high());
  }

  @Test
  void whatLiesBeforeThePresentHasNoEffect() throws IOException {
    time.pass(Duration.ofSeconds(10));
    SimulatedLine line = line(1);
    line.operate(SwitchAction.PRESS, 9_000);
    assertEquals(1, changes(line, 2).size());
  }

  @Test
  void aFilePressesTheButtonOnce() throws IOException {
    Path file = folder.resolve("simulated-press");
    SimulatedLine line = new SimulatedLine(time, 1, false, new PressFile(Optional.of(file)));
    line.open();
    changes(line, 1);
    Files.writeString(file, "press\n");
    List<Edge> changes = changes(line, 2);
    assertTrue(changes.size() >= 2, changes::toString);
    assertFalse(Files.exists(file));
    assertEquals(List.of(), changes(line, 5));
  }

  @Test
  void aFileWithAnotherWordIsDeletedAndPassedOver() throws IOException {
    Path file = folder.resolve("simulated-press");
    Files.writeString(file, "kick");
    assertEquals(Optional.empty(), new PressFile(Optional.of(file)).action());
    assertFalse(Files.exists(file));
  }
}
