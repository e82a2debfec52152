package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Faults;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private final ScriptedTime time = new ScriptedTime();
  private final Faults faults = new Faults();
  private final Watchdog watchdog = new Watchdog(faults);
  private final CountDownLatch inCycle = new CountDownLatch(1);
  private final Semaphore answers = new Semaphore(0);
  private final DutyThread hanging =
      new DutyThread("outbox", Watchdog.CYCLE_LIMIT, this::cycle, () -> {}, time);

  private Duration cycle() throws InterruptedIOException {
    inCycle.countDown();
    try {
      answers.acquire();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
    return Duration.ZERO;
  }

  private void hang() throws InterruptedException {
    hanging.start();
    inCycle.await();
    time.pass(Watchdog.CYCLE_LIMIT.plusSeconds(1));
  }

  @AfterEach
  void end() throws Exception {
    hanging.stop();
    answers.release(1000);
    assertTrue(hanging.join(Duration.ofSeconds(30)));
  }

  private List<String> activePlaces() {
    return faults.list().stream()
        .filter(Faults.Fault::active)
        .map(fault -> fault.place() + ": " + fault.text())
        .toList();
  }

  @Test
  void aDiskThatDoesNotAnswerIsAFaultThatNamesWhatHappensToTheRowsAndNotAnEnd() throws Exception {
    watchdog.addDiskDuty(hanging);
    hang();
    assertTrue(watchdog.check(time.tickMs()));
    assertEquals(
        List.of(
            "disk/outbox: the disk has not answered for 60 s: rows stay in memory, the newest 7200"
                + " of them. Try: sudo dmesg | tail"),
        activePlaces());
    assertTrue(watchdog.isDiskStuck(hanging));
  }

  @Test
  void aDiskThatAnswersAgainClearsTheFault() throws Exception {
    watchdog.addDiskDuty(hanging);
    hang();
    assertTrue(watchdog.check(time.tickMs()));
    hanging.stop();
    answers.release();
    assertTrue(hanging.join(Duration.ofSeconds(30)));
    assertTrue(watchdog.check(time.tickMs()));
    assertEquals(List.of(), activePlaces());
    assertFalse(watchdog.isDiskStuck(hanging));
  }

  @Test
  void anyOtherDutyThatIsStuckEndsTheProcess() throws Exception {
    watchdog.add(hanging);
    hang();
    assertFalse(watchdog.check(time.tickMs()));
  }

  @Test
  void aBugInADutyOfTheDiskEndsTheProcess() throws Exception {
    DutyThread broken =
        new DutyThread(
            "outbox",
            Watchdog.CYCLE_LIMIT,
            () -> {
              throw new IllegalStateException("bug");
            },
            () -> {},
            time);
    watchdog.addDiskDuty(broken);
    broken.start();
    assertTrue(broken.join(Duration.ofSeconds(30)));
    assertFalse(watchdog.check(time.tickMs()));
    hanging.start();
  }

  @Test
  void onceTheDiskDelayedOneEndTheOthersAreNotWaitedFor() {
    DutyThread other = new DutyThread("gas", Watchdog.CYCLE_LIMIT, this::cycle, () -> {}, time);
    watchdog.addDiskDuty(hanging);
    watchdog.addDiskDuty(other);
    assertFalse(watchdog.isDiskStuck(other));
    watchdog.markUnended(hanging);
    assertTrue(watchdog.isDiskStuck(other));
    hanging.start();
  }
}
