package dev.streetbox.agent;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The end of the process, asked for by SIGTERM, SIGINT or the program itself. On a signal the JVM
 * waits here until {@code main} has closed everything, and then exits with main's code rather than
 * with 143. Safe for every thread.
 */
public final class ShutdownBarrier {
  /** systemd and technicians are promised an end within 10 s; what still hangs then is left. */
  private static final Duration PATIENCE = Duration.ofMillis(9_500);

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile int exitCode;

  /** A termination that signals ask for. */
  public static ShutdownBarrier onSignal() {
    ShutdownBarrier shutdownBarrier = new ShutdownBarrier();
    DutyThread.beforeExit(shutdownBarrier::hook);
    return shutdownBarrier;
  }

  /** Asks for the end. */
  public void request() {
    requested.countDown();
  }

  /** Waits that long in real time, or less if the end is asked for; returns whether it was. */
  public boolean await(Duration wait) {
    try {
      return requested.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Everything is closed; a waiting signal may now end the process with this code. */
  public int finish(int code) {
    exitCode = code;
    finished.countDown();
    return code;
  }

  private void hook() {
    if (finished.getCount() == 0) {
      return;
    }
    request();
    try {
      boolean clean = finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      Runtime.getRuntime().halt(clean ? exitCode : ExitCode.BUG);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
