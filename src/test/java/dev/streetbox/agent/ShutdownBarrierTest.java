package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShutdownBarrierTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final ShutdownBarrier barrier = new ShutdownBarrier();

  @Test
  void withoutARequestAWaitEndsAtItsLimit() {
    assertFalse(barrier.await(Duration.ofMillis(1)));
  }

  @Test
  void aRequestEndsThisWaitAndEveryLaterOne() {
    barrier.request();
    assertTrue(barrier.await(LONG));
    assertTrue(barrier.await(LONG));
  }

  @Test
  void anInterruptCountsAsARequestAndStaysSet() {
    Thread.currentThread().interrupt();
    assertTrue(barrier.await(LONG));
    assertTrue(Thread.interrupted());
  }

  @Test
  void finishReturnsTheExitCode() {
    assertEquals(ExitCode.BUG, barrier.finish(ExitCode.BUG));
  }

  @Test
  void workThatEndsWithAnErrorIsFinishedSoThatTheExitDoesNotWait() {
    assertThrows(
        IllegalStateException.class,
        () ->
            barrier.finishAfter(
                any -> {
                  throw new IllegalStateException("at start");
                }));
    assertTrue(barrier.isFinished());
  }

  @Test
  void workThatEndsGivesTheExitCodeAndIsFinished() {
    assertEquals(ExitCode.TAKEN, barrier.finishAfter(any -> ExitCode.TAKEN));
    assertTrue(barrier.isFinished());
  }
}
