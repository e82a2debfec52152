package dev.streetbox.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Faults;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The line of the lid is low while the lid is closed, and an open lid is the alarm. */
class SwitchWatchTest {
  private final ScriptedTime time = new ScriptedTime();
  private final Faults faults = new Faults();
  private final PanelTest.ScriptedInput line = new PanelTest.ScriptedInput(time);
  private final List<Long> alarms = new ArrayList<>();

  private SwitchWatch watch(boolean alarmHigh, long settleMs) {
    return new SwitchWatch(
        line, "lid", alarmHigh, Duration.ofMillis(settleMs), alarms::add, time, faults);
  }

  private void runUntil(SwitchWatch watch, long tickMs) throws InterruptedIOException {
    while (time.tickMs() < tickMs) {
      watch.cycle();
    }
  }

  @Test
  void anOpenedLidIsReportedOnceWithItsTime() throws InterruptedIOException {
    line.low(1, 10_000);
    line.low(20_000, 30_000);
    SwitchWatch watch = watch(true, 500);
    runUntil(watch, 15_000);
    assertEquals(List.of(10_000L), alarms);
    runUntil(watch, 40_000);
    assertEquals(List.of(10_000L, 30_000L), alarms);
  }

  @Test
  void aLidThatRattlesIsClosed() throws InterruptedIOException {
    for (int ms = 1; ms < 60_000; ms += 400) {
      line.low(ms, ms + 300);
    }
    runUntil(watch(true, 500), 59_000);
    assertEquals(List.of(), alarms);
  }

  @Test
  void aLidThatIsOpenAtTheStartIsReported() throws InterruptedIOException {
    runUntil(watch(true, 500), 5_000);
    assertEquals(1, alarms.size());
  }

  @Test
  void aSupplyThatFailsIsReportedAtOnce() throws InterruptedIOException {
    line.low(3_000, 3_001);
    SwitchWatch supply = watch(false, 0);
    runUntil(supply, 3_000);
    assertEquals(List.of(3_000L), alarms);
    line.low(5_000, 5_100);
    runUntil(supply, 6_000);
    assertEquals(List.of(3_000L, 5_000L), alarms);
  }

  @Test
  void aSupplyWhoseLineBouncesIsReportedOnce() throws InterruptedIOException {
    for (int ms = 3_000; ms < 3_900; ms += 30) {
      line.low(ms, ms + 20);
    }
    runUntil(watch(false, 0), 5_000);
    assertEquals(List.of(3_000L), alarms);
  }

  @Test
  void aMissingLineIsAFault() throws InterruptedIOException {
    line.error = Optional.of("no chip");
    SwitchWatch watch = watch(true, 500);
    runUntil(watch, 3_000);
    assertTrue(faults.list().get(0).active());
    watch.close();
    assertEquals(List.of(), alarms);
  }
}
