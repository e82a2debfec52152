package dev.streetbox.agent;

import dev.streetbox.bus.Interruption;
import dev.streetbox.bus.Time;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a duty's cycles on a thread of its own until it is stopped, rests between the cycles as the
 * duty asks, and closes the duty on the same thread. Cannot be started again. No other class makes
 * threads.
 *
 * <p>A stop interrupts a rest, but not a cycle, because an interrupt in the middle of a commit
 * would close the store's files. {@link #join} interrupts a cycle that still runs after its limit.
 */
final class DutyThread {
  private static final Logger LOG = LoggerFactory.getLogger("streetbox");

  /** Does one bounded round of a duty's work. */
  @FunctionalInterface
  interface Cycle {
    /**
     * Works, and returns how long to rest until the next round.
     *
     * @throws InterruptedIOException if the thread was interrupted while it waited
     * @throws IOException an error that the duty did not turn into a fault: a bug
     */
    Duration run() throws IOException;
  }

  private final String name;
  private final Duration limit;
  private final Cycle cycle;
  private final Runnable close;
  private final Time time;
  private final Thread thread;

  private volatile boolean stopping;
  private volatile long dueByTickMs;
  private volatile Throwable error;
  private boolean resting;
  private boolean woken;

  /**
   * Makes the thread, not started.
   *
   * @param name the role, which becomes the thread's name
   * @param limit how long one cycle may take before the duty counts as stuck
   * @param cycle one round
   * @param close is called last on the thread, also after an error
   */
  DutyThread(String name, Duration limit, Cycle cycle, Runnable close, Time time) {
    this.name = name;
    this.limit = limit;
    this.cycle = cycle;
    this.close = close;
    this.time = time;
    this.thread = new Thread(this::run, name);
  }

  /** Registers work that the JVM runs on a thread of its own when it is asked to end. */
  static void addShutdownHook(Runnable work) {
    Runtime.getRuntime().addShutdownHook(new Thread(work, "exit"));
  }

  /**
   * Starts work that may never end, on a daemon thread, so that it does not keep the JVM running.
   */
  static void startDaemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns the role. */
  String name() {
    return name;
  }

  /** Starts the thread. */
  void start() {
    dueByTickMs = time.tickMs() + limit.toMillis();
    thread.start();
  }

  /** Asks the duty to end after the cycle it is in; returns at once. */
  void stop() {
    stopping = true;
    synchronized (this) {
      if (resting) {
        thread.interrupt();
      }
    }
  }

  /** Ends the duty's rest, so that its next cycle begins at once; callable by any thread. */
  void wake() {
    synchronized (this) {
      woken = true;
      if (resting) {
        thread.interrupt();
      }
    }
  }

  /**
   * Waits until the thread has ended; after {@code limit} of real time, interrupts it and waits 1 s
   * more.
   *
   * @return whether the thread ended
   */
  boolean join(Duration limit) throws InterruptedIOException {
    try {
      if (!joined(limit)) {
        LOG.warn("{}: still busy after {}, interrupted", name, limit);
        thread.interrupt();
        return joined(Duration.ofSeconds(1));
      }
      return true;
    } catch (InterruptedException e) {
      throw Interruption.of(e, "interrupted while waiting for " + name);
    }
  }

  private boolean joined(Duration limit) throws InterruptedException {
    thread.join(limit.toMillis());
    return !thread.isAlive();
  }

  /** Returns whether the running cycle has taken longer than its limit. */
  boolean isStuck() {
    return thread.isAlive() && !stopping && time.tickMs() > dueByTickMs;
  }

  /** Returns the error that ended the duty, if one did. */
  Optional<Throwable> error() {
    return Optional.ofNullable(error);
  }

  private void run() {
    try {
      while (!stopping) {
        dueByTickMs = time.tickMs() + limit.toMillis();
        Duration rest = cycle.run();
        dueByTickMs = time.tickMs() + rest.toMillis() + limit.toMillis();
        rest(rest);
      }
    } catch (InterruptedIOException e) {
      LOG.debug("{}: interrupted", name);
    } catch (IOException | RuntimeException | Error e) {
      error = e;
    } finally {
      end();
    }
  }

  private void end() {
    try {
      close.run();
    } catch (RuntimeException | Error e) {
      error = error == null ? e : error;
    }
  }

  private void rest(Duration rest) throws InterruptedIOException {
    if (rest.isZero() || rest.isNegative() || !setResting(true)) {
      return;
    }
    try {
      time.sleep(rest);
    } catch (InterruptedIOException e) {
      if (!stopping && !isWoken()) {
        throw e;
      }
    } finally {
      setResting(false);
    }
  }

  /**
   * Begins or ends a rest; begins none once a stop or the next cycle was requested, and clears the
   * request's interrupt at the end of a rest.
   */
  private synchronized boolean setResting(boolean now) {
    resting = now && !stopping && !woken;
    if (!now && (stopping || woken)) {
      Thread.interrupted();
    }
    if (!resting) {
      woken = false;
    }
    return resting;
  }

  private synchronized boolean isWoken() {
    return woken;
  }
}
