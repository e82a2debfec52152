package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.bus.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DutyThreadTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final CountDownLatch cycled = new CountDownLatch(1);

  private DutyThread duty(DutyThread.Cycle cycle, Time time) {
    return new DutyThread("role", Duration.ofSeconds(5), cycle, this::close, time);
  }

  private void close() {
    calls.add("close on " + Thread.currentThread().getName());
  }

  private Duration restForAnHour() {
    calls.add("cycle on " + Thread.currentThread().getName());
    cycled.countDown();
    return Duration.ofHours(1);
  }

  @Test
  void aStopEndsTheRestAndTheDutysOwnThreadClosesTheDuty() throws Exception {
    DutyThread duty = duty(this::restForAnHour, new SystemTime());
    duty.start();
    cycled.await();
    duty.stop();
    assertTrue(duty.join(PATIENCE));
    assertEquals(List.of("cycle on role", "close on role"), calls);
    assertTrue(duty.error().isEmpty());
  }

  @Test
  void aWokenDutyBeginsItsNextCycleAtOnceAndGoesOn() throws Exception {
    CountDownLatch third = new CountDownLatch(3);
    DutyThread duty =
        duty(
            () -> {
              third.countDown();
              cycled.countDown();
              return Duration.ofHours(1);
            },
            new SystemTime());
    duty.start();
    cycled.await();
    while (third.getCount() > 0) {
      duty.wake();
      Thread.onSpinWait();
    }
    duty.stop();
    assertTrue(duty.join(PATIENCE));
    assertTrue(duty.error().isEmpty());
  }

  @Test
  void aStopDoesNotInterruptACycle() throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    DutyThread duty =
        duty(
            () -> {
              cycled.countDown();
              try {
                stopped.await();
                calls.add("cycle ended");
              } catch (InterruptedException e) {
                calls.add("interrupted");
              }
              return Duration.ZERO;
            },
            new SystemTime());
    duty.start();
    cycled.await();
    duty.stop();
    stopped.countDown();
    assertTrue(duty.join(PATIENCE));
    assertEquals(List.of("cycle ended", "close on role"), calls);
  }

  @Test
  void aCycleThatOutlastsTheLimitOfJoinIsInterrupted() throws Exception {
    DutyThread duty =
        duty(
            () -> {
              cycled.countDown();
              new SystemTime().sleep(Duration.ofHours(1));
              return Duration.ZERO;
            },
            new SystemTime());
    duty.start();
    cycled.await();
    duty.stop();
    assertTrue(duty.join(Duration.ofMillis(1)));
    assertEquals(List.of("close on role"), calls);
  }

  @Test
  void anErrorEndsTheDutyAndIsHeldAndTheDutyIsClosed() throws Exception {
    for (Exception bug : List.of(new IllegalStateException("bug"), new IOException("escaped"))) {
      calls.clear();
      DutyThread duty =
          duty(
              () -> {
                if (bug instanceof IOException escaped) {
                  throw escaped;
                }
                throw (RuntimeException) bug;
              },
              new SystemTime());
      duty.start();
      assertTrue(duty.join(PATIENCE));
      assertSame(bug, duty.error().orElseThrow());
      assertEquals(List.of("close on role"), calls);
    }
  }

  @Test
  void aCycleLongerThanItsLimitIsStuckAndARestIsNot() throws Exception {
    ScriptedTime time = new ScriptedTime();
    CountDownLatch go = new CountDownLatch(1);
    DutyThread duty =
        duty(
            () -> {
              cycled.countDown();
              try {
                go.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return Duration.ofHours(1);
            },
            time);
    duty.start();
    cycled.await();
    time.pass(Duration.ofSeconds(5));
    assertFalse(duty.isStuck());
    time.pass(Duration.ofMillis(1));
    assertTrue(duty.isStuck());
    duty.stop();
    assertFalse(duty.isStuck());
    go.countDown();
    assertTrue(duty.join(PATIENCE));
  }
}
