package dev.streetbox.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.TextFormatException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests plug, faults, power-ups and scheduled steps of a simulated part. */
class SimulatedPartTest {
  private final ScriptedTime time = new ScriptedTime();
  private final SimulatedPart part = new SimulatedPart();

  private void schedule(String scenario) throws TextFormatException {
    part.schedule(Scenario.parse(scenario).steps(), time::tickMs);
  }

  private void pass(long ms) {
    time.pass(Duration.ofMillis(ms));
  }

  @Test
  void aNewPartIsPluggedInAndHasNoFault() {
    assertTrue(part.plugged());
    for (InjectedFault fault : InjectedFault.values()) {
      assertFalse(part.has(fault), fault.name());
    }
    assertEquals(1, part.powerUps());
    assertEquals(List.of(), part.violations());
  }

  @Test
  void faultsAddUpAndEachIsHealedAlone() {
    part.fail(InjectedFault.STUCK);
    part.fail(InjectedFault.LASER);
    part.heal(InjectedFault.STUCK);
    assertFalse(part.has(InjectedFault.STUCK));
    assertTrue(part.has(InjectedFault.LASER));
  }

  @Test
  void healingEndsEveryFaultButLeavesAnUnpluggedPartUnplugged() {
    part.fail(InjectedFault.STUCK);
    part.hang(Duration.ofSeconds(2));
    part.unplug();
    part.heal();
    assertFalse(part.has(InjectedFault.STUCK));
    assertFalse(part.has(InjectedFault.BUS_HANG));
    assertFalse(part.plugged());
  }

  @Test
  void pluggingInPowersUpOnce() {
    part.unplug();
    assertEquals(1, part.powerUps());
    part.plug();
    part.plug();
    assertEquals(2, part.powerUps());
  }

  @Test
  void aBrownOutPowersUpAndIsNoFaultThatStays() {
    part.fail(InjectedFault.BROWN_OUT);
    assertEquals(2, part.powerUps());
    assertFalse(part.has(InjectedFault.BROWN_OUT));
  }

  @Test
  void aHungBusWaitsOneSecondIfNothingElseIsSet() {
    part.fail(InjectedFault.BUS_HANG);
    assertEquals(Duration.ofSeconds(1), part.hangDuration());
    part.hang(Duration.ofMillis(300));
    assertEquals(Duration.ofMillis(300), part.hangDuration());
  }

  @Test
  void violationsAreKeptInOrder() {
    part.recordViolation("first");
    part.recordViolation("second");
    part.heal();
    assertEquals(List.of("first", "second"), part.violations());
  }

  @Test
  void aScheduledStepIsAppliedAtItsTickAndNotBefore() throws TextFormatException {
    schedule("at 1s pm stuck on\nat 2s pm stuck off");
    pass(999);
    assertFalse(part.has(InjectedFault.STUCK));
    pass(1);
    assertTrue(part.has(InjectedFault.STUCK));
    pass(1_000);
    assertFalse(part.has(InjectedFault.STUCK));
  }

  @Test
  void dueStepsAreAppliedInTheirOrderAtOnce() throws TextFormatException {
    schedule("at 1s pm unplug\nat 2s pm plug\nat 3s pm brown_out\nat 4s pm unplug");
    pass(10_000);
    assertFalse(part.plugged());
    assertEquals(3, part.powerUps());
  }

  @Test
  void powerCameAtTheScheduledTickEvenIfThePartIsReadLater() throws TextFormatException {
    schedule("at 5s pm brown_out");
    pass(60_000);
    assertEquals(2, part.powerUps());
    assertEquals(5_000, part.poweredMs(time.tickMs()));
  }

  @Test
  void withoutAScheduledTickPowerCameAtTheFirstRead() {
    part.fail(InjectedFault.BROWN_OUT);
    pass(100);
    assertEquals(100, part.poweredMs(time.tickMs()));
    pass(100);
    assertEquals(100, part.poweredMs(time.tickMs()));
  }
}
