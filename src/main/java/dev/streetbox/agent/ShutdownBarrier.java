package dev.streetbox.agent;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Coordinates the end of the process, which SIGTERM, SIGINT or the program itself requests. On a
 * signal the JVM waits here until {@code main} has closed everything, and then exits with main's
 * code rather than with 143. Safe for every thread.
 */
public final class ShutdownBarrier {
  /** Keeps the exit below the contract's 10 s; work that still hangs then is abandoned. */
  private static final Duration EXIT_TIMEOUT = Duration.ofMillis(9_500);

  /** Does work that ends by itself or when the barrier's end is requested. */
  @FunctionalInterface
  public interface Work<E extends Exception> {
    /** Works, and returns the process's exit code. */
    int run(ShutdownBarrier shutdownBarrier) throws E;
  }

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile int exitCode;
  private volatile Runnable onRequest = () -> {};

  /**
   * Runs work under a barrier that SIGTERM and SIGINT trigger, and returns its exit code. However
   * the work ends, also with an error, the exit of the process waits for nothing afterwards.
   */
  public static <E extends Exception> int guard(Work<E> work) throws E {
    return onSignal().finishAfter(work);
  }

  /** Runs work and declares it finished, also if it ends with an error. */
  <E extends Exception> int finishAfter(Work<E> work) throws E {
    int code = ExitCode.EXTERNAL_ERROR;
    try {
      code = work.run(this);
    } catch (RuntimeException | Error e) {
      code = ExitCode.BUG;
      throw e;
    } finally {
      finish(code);
    }
    return code;
  }

  /** Returns whether everything is closed. */
  boolean isFinished() {
    return finished.getCount() == 0;
  }

  /** Makes a barrier that SIGTERM and SIGINT trigger. */
  private static ShutdownBarrier onSignal() {
    ShutdownBarrier shutdownBarrier = new ShutdownBarrier();
    DutyThread.addShutdownHook(shutdownBarrier::hook);
    return shutdownBarrier;
  }

  /** Requests the end. */
  public void request() {
    requested.countDown();
    onRequest.run();
  }

  /**
   * Sets what ends another wait of main when the end is requested; it replaces the one set before,
   * and runs at once if the end was requested already.
   */
  void onRequest(Runnable next) {
    onRequest = next;
    if (requested.getCount() == 0) {
      next.run();
    }
  }

  /**
   * Waits that long in real time, or less if the end is requested; returns whether it was
   * requested.
   */
  public boolean await(Duration wait) {
    try {
      return requested.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /**
   * Declares that everything is closed, so that a waiting signal ends the process with this code;
   * returns the code.
   */
  int finish(int code) {
    exitCode = code;
    finished.countDown();
    return code;
  }

  private void hook() {
    if (isFinished()) {
      return;
    }
    request();
    try {
      boolean clean = finished.await(EXIT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      Runtime.getRuntime().halt(clean ? exitCode : ExitCode.BUG);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
