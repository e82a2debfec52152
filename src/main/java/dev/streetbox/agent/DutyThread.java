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
 * The one place that owns a thread: it cycles a duty until it is stopped, rests between the cycles
 * as the duty asks, and closes the duty, all on that thread. Started once and then discarded.
 *
 * <p>A stop never interrupts a cycle, only a rest: an interrupt in the middle of a commit would
 * close the store's files. Only a cycle that outlives the stop's patience is interrupted.
 */
final class DutyThread {
  private static final Logger LOG = LoggerFactory.getLogger("streetbox");

  /** One bounded round of a duty's work. */
  @FunctionalInterface
  interface Cycle {
    /**
     * Works, and says how long to rest until the next round.
     *
     * @throws InterruptedIOException if the thread was interrupted while it waited
     * @throws IOException a trouble that the duty did not turn into a fault: a bug
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
  private volatile Throwable failure;
  private boolean resting;

  /**
   * A duty that is not yet running.
   *
   * @param name the role, which becomes the thread's name
   * @param limit how long one cycle may take before the duty counts as stuck
   * @param cycle one round
   * @param close what the thread does last, however the duty ended
   */
  DutyThread(String name, Duration limit, Cycle cycle, Runnable close, Time time) {
    this.name = name;
    this.limit = limit;
    this.cycle = cycle;
    this.close = close;
    this.time = time;
    this.thread = new Thread(this::run, name);
  }

  /** Has something run when the JVM is told to end, on a thread of its own. */
  static void beforeExit(Runnable work) {
    Runtime.getRuntime().addShutdownHook(new Thread(work, "exit"));
  }

  /** Starts work that may never end; it does not keep the JVM. */
  static void beside(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** The role. */
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

  /**
   * Waits until the thread has ended; after {@code patience} of real time it is interrupted, and
   * given a second to end.
   *
   * @return whether it ended
   */
  boolean join(Duration patience) throws InterruptedIOException {
    try {
      if (!joined(patience)) {
        LOG.warn("{}: still busy after {}, interrupted", name, patience);
        thread.interrupt();
        return joined(Duration.ofSeconds(1));
      }
      return true;
    } catch (InterruptedException e) {
      throw Interruption.of(e, "interrupted while waiting for " + name);
    }
  }

  private boolean joined(Duration patience) throws InterruptedException {
    thread.join(patience.toMillis());
    return !thread.isAlive();
  }

  /** Whether a cycle has taken longer than its limit. */
  boolean isStuck() {
    return thread.isAlive() && !stopping && time.tickMs() > dueByTickMs;
  }

  /** The bug that ended the duty, if one did. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
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
      failure = e;
    } finally {
      end();
    }
  }

  private void end() {
    try {
      close.run();
    } catch (RuntimeException | Error e) {
      failure = failure == null ? e : failure;
    }
  }

  private void rest(Duration rest) throws InterruptedIOException {
    if (rest.isZero() || rest.isNegative() || !setResting(true)) {
      return;
    }
    try {
      time.sleep(rest);
    } catch (InterruptedIOException e) {
      if (!stopping) {
        throw e;
      }
    } finally {
      setResting(false);
    }
  }

  /** Refuses to begin a rest once a stop was asked for; an interrupt is over with its rest. */
  private synchronized boolean setResting(boolean now) {
    resting = now && !stopping;
    if (!now && stopping) {
      Thread.interrupted();
    }
    return resting;
  }
}
