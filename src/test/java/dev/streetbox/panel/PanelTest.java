package dev.streetbox.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.GpioInput;
import dev.streetbox.bus.GpioOutput;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Faults;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PanelTest {
  private final ScriptedTime time = new ScriptedTime();
  private final Faults faults = new Faults();
  private final ScriptedInput button = new ScriptedInput(time);
  private final List<String> lampChanges = new ArrayList<>();
  private final List<PressRecognizer.Press> presses = new ArrayList<>();
  private LampPattern state = LampPattern.OFF;
  private boolean lampFails;
  private final Lamp lamp = new Lamp(() -> state, time::tickMs);
  private final Panel panel =
      new Panel(
          Optional.of(button),
          Optional.of(new RecordedLamp()),
          PressTimes.DEFAULT,
          lamp,
          press -> presses.add(press) && press.gesture() == Gesture.DOUBLE_PRESS,
          time,
          faults);

  private final class RecordedLamp implements GpioOutput {
    @Override
    public void open() {
      // Nothing is to be taken.
    }

    @Override
    public void set(boolean high) throws IOException {
      if (lampFails) {
        throw new IOException("no lamp");
      }
      lampChanges.add(time.tickMs() + (high ? " on" : " off"));
    }

    @Override
    public void close() {
      lampChanges.add("closed");
    }
  }

  private void runUntil(long tickMs) throws InterruptedIOException {
    while (time.tickMs() < tickMs) {
      panel.cycle();
    }
  }

  private boolean isFaulty(String place) {
    return faults.list().stream().anyMatch(f -> f.place().equals(place) && f.active());
  }

  @Test
  void theLampAnswersTheFingerAfterTwentyMs() throws InterruptedIOException {
    button.low(1_000, 1_200);
    runUntil(3_000);
    assertEquals(List.of("0 off", "1020 on", "1240 off"), lampChanges);
    assertEquals(List.of(new PressRecognizer.Press(Gesture.PRESS, 1_000)), presses);
  }

  @Test
  void aNotedGestureIsAnsweredWithASecondOfFlicker() throws InterruptedIOException {
    button.low(1_000, 1_100);
    button.low(1_300, 1_400);
    runUntil(1_500);
    assertEquals(LampPattern.NOTED, lamp.pattern());
    runUntil(4_000);
    assertEquals(LampPattern.OFF, lamp.pattern());
  }

  @Test
  void theStateIsShownAndTheSearchForTheBoxComesFirst() throws InterruptedIOException {
    state = LampPattern.RECEIVED;
    runUntil(2_000);
    assertEquals(LampPattern.RECEIVED, lamp.pattern());
    lamp.identify(Duration.ofSeconds(60));
    runUntil(4_000);
    assertEquals(LampPattern.IDENTIFY, lamp.pattern());
    runUntil(63_000);
    assertEquals(LampPattern.RECEIVED, lamp.pattern());
    lamp.identify(Duration.ofSeconds(60));
    runUntil(64_000);
    lamp.identify(Duration.ZERO);
    runUntil(66_000);
    assertEquals(LampPattern.RECEIVED, lamp.pattern());
  }

  @Test
  void anIdlePanelWaitsASecondAtATime() throws InterruptedIOException {
    runUntil(5_000);
    time.slept();
    runUntil(65_000);
    assertEquals(60, time.slept().size());
  }

  @Test
  void aMissingButtonIsAFaultAndTheLampGoesOn() throws InterruptedIOException {
    button.error = Optional.of("no GPIO chip");
    state = LampPattern.KEPT;
    runUntil(20_000);
    assertTrue(isFaulty("button"));
    assertTrue(lampChanges.size() > 15, lampChanges::toString);
    button.error = Optional.empty();
    runUntil(400_000);
    assertFalse(isFaulty("button"));
    button.low(401_000, 401_100);
    runUntil(403_000);
    assertEquals(1, presses.size());
  }

  @Test
  void aMissingButtonIsOpenedEverMoreSeldom() throws InterruptedIOException {
    button.error = Optional.of("no GPIO chip");
    runUntil(3_600_000);
    assertTrue(button.opened < 25, button.opened + " times");
  }

  @Test
  void aMissingLampIsAFaultAndPressesCount() throws InterruptedIOException {
    lampFails = true;
    button.low(1_000, 1_100);
    runUntil(3_000);
    assertTrue(isFaulty("lamp"));
    assertEquals(1, presses.size());
    lampFails = false;
    runUntil(400_000);
    assertFalse(isFaulty("lamp"));
  }

  @Test
  void aButtonThatIsDownForAMinuteIsAFaultAndDoesNotHideTheState() throws InterruptedIOException {
    state = LampPattern.SENT;
    button.low(1_000, 100_000);
    runUntil(30_000);
    assertEquals(LampPattern.TOUCHED, lamp.pattern());
    runUntil(62_000);
    assertTrue(isFaulty("button stuck"));
    assertEquals(LampPattern.SENT, lamp.pattern());
    runUntil(102_000);
    assertFalse(isFaulty("button stuck"));
  }

  @Test
  void aClosedPanelTurnsTheLampOffAndReleasesTheLines() throws InterruptedIOException {
    runUntil(1_000);
    panel.close();
    assertTrue(lampChanges.contains("closed"));
    assertFalse(button.isOpen);
  }

  @Test
  void aBoxWithoutLinesWaitsAndDoesNothing() throws InterruptedIOException {
    Panel none =
        new Panel(
            Optional.empty(),
            Optional.empty(),
            PressTimes.DEFAULT,
            lamp,
            press -> false,
            time,
            faults);
    none.cycle();
    none.close();
    assertEquals(List.of(Duration.ofSeconds(1)), time.slept());
    assertEquals(List.of(), faults.list());
  }

  @Test
  void anEdgeThatTheThreadSawLateCountsFromItsOwnTime() throws InterruptedIOException {
    button.low(1_000, 1_050);
    runUntil(900);
    time.pass(Duration.ofSeconds(3));
    runUntil(5_000);
    assertEquals(List.of(new PressRecognizer.Press(Gesture.PRESS, 1_000)), presses);
  }

  @Test
  void aListenerThatNotesNothingLeavesTheLampAlone() throws InterruptedIOException {
    button.low(1_000, 5_000);
    runUntil(6_000);
    assertEquals(List.of(new PressRecognizer.Press(Gesture.HOLD, 1_000)), presses);
    assertEquals(LampPattern.OFF, lamp.pattern());
  }

  /** Replays changes of a line by their ticks. */
  static final class ScriptedInput implements GpioInput {
    private final ScriptedTime time;
    private final List<long[]> lows = new ArrayList<>();
    private boolean high = true;
    private boolean known;
    private long seenMs;
    private int opened;
    private boolean isOpen;
    Optional<String> error = Optional.empty();

    ScriptedInput(ScriptedTime time) {
      this.time = time;
    }

    void low(long fromMs, long toMs) {
      lows.add(new long[] {fromMs, toMs});
    }

    @Override
    public void open() throws IOException {
      if (!isOpen) {
        opened++;
        if (error.isPresent()) {
          throw new IOException(error.get());
        }
        known = false;
        isOpen = true;
      }
    }

    @Override
    public List<Edge> await(Duration timeout) {
      long endMs = time.tickMs() + timeout.toMillis();
      List<Edge> edges = known ? edges(time.tickMs()) : List.of(new Edge(0, high));
      known = true;
      if (edges.isEmpty()) {
        long nextMs =
            lows.stream()
                .flatMap(low -> Stream.of(low[0], low[1]))
                .filter(ms -> ms > time.tickMs())
                .mapToLong(ms -> ms)
                .min()
                .orElse(Long.MAX_VALUE);
        time.sleep(Duration.ofMillis(Math.min(endMs, nextMs) - time.tickMs()));
        edges = edges(time.tickMs());
      }
      return edges;
    }

    private List<Edge> edges(long nowMs) {
      List<Edge> edges = new ArrayList<>();
      for (long[] low : lows) {
        for (int i = 0; i < 2; i++) {
          if (low[i] > seenMs && low[i] <= nowMs) {
            high = i == 1;
            edges.add(new Edge(nowMs - low[i], high));
          }
        }
      }
      seenMs = nowMs;
      return edges;
    }

    @Override
    public void close() {
      isOpen = false;
    }
  }
}
