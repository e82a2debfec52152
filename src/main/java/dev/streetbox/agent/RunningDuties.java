package dev.streetbox.agent;

import dev.streetbox.bus.Time;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the duties of a box, outside or within a privacy zone. Used by main's thread. */
final class RunningDuties {
  private static final Logger LOG = LoggerFactory.getLogger("streetbox");

  private final List<DutyThread> duties = new ArrayList<>();
  private final Duration limit;
  private final Time time;

  /**
   * Holds no duty yet.
   *
   * @param speed how many times faster than real time the box runs; duties measure its time
   */
  RunningDuties(double speed, Time time) {
    this.limit = Duration.ofMillis((long) (Watchdog.CYCLE_LIMIT.toMillis() * speed));
    this.time = time;
  }

  /** Adds a duty, which {@link #start} starts and {@link #stop} ends before earlier ones. */
  DutyThread add(String name, DutyThread.Cycle cycle, Runnable close) {
    DutyThread duty = new DutyThread(name, limit, cycle, close, time);
    duties.add(duty);
    return duty;
  }

  /** Starts the duties in the order in which they were added. */
  void start() {
    duties.forEach(DutyThread::start);
  }

  /** Returns the duties in the order in which they were added. */
  List<DutyThread> all() {
    return List.copyOf(duties);
  }

  /**
   * Ends the duties in reverse order, each before the next.
   *
   * @param timeout returns how long to wait for a duty's end, in real time
   * @param wake wakes the duties that wait within their cycles
   * @param onUnended takes a duty that did not end in time
   */
  void stop(Function<DutyThread, Duration> timeout, Runnable wake, Consumer<DutyThread> onUnended)
      throws InterruptedIOException {
    for (int last = duties.size() - 1; last >= 0; last--) {
      DutyThread duty = duties.get(last);
      duty.stop();
      wake.run();
      if (!duty.join(timeout.apply(duty))) {
        LOG.warn("{} did not end", duty.name());
        onUnended.accept(duty);
      }
    }
  }
}
