package dev.streetbox.agent;

import dev.streetbox.bus.Time;
import dev.streetbox.datadir.DataLock;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.outbox.Event;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.publish.LinkStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running box: its duties on their threads, watched by the thread that calls {@link #run}. The
 * world cannot keep it from starting: no sensor, receiver, disk or broker needs to be there.
 */
public final class Agent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("streetbox");

  /** The longest that any one cycle may take, in real time: a worn card, a bus that hangs. */
  private static final Duration CYCLE_LIMIT = Duration.ofSeconds(60);

  /** How long one duty may take to end, in real time. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(4);

  private static final Duration WATCH_PERIOD = Duration.ofSeconds(1);
  private static final String PLACE = "status";
  private static final String REPORTS = "reports";

  private final Time time;
  private final Time real;
  private final Faults faults;
  private final Optional<DataLock> lock;
  private final List<DutyThread> duties = new ArrayList<>();
  private final StatusFile file;
  private final Status status;
  private final ReportFolder reports;
  private final WiredBox wiredBox;

  private Agent(WiredBox wiredBox, Time time, Time real, Faults faults, Optional<DataLock> lock) {
    this.wiredBox = wiredBox;
    this.time = time;
    this.real = real;
    this.faults = faults;
    this.lock = lock;
    this.file = new StatusFile(wiredBox.config().runDir());
    this.status = new Status(wiredBox, time, faults);
    this.reports = new ReportFolder(wiredBox.config().runDir());
    openReports();
    add("outbox", wiredBox.committer()::cycle, wiredBox.committer()::close);
    add("publisher", wiredBox.publisher()::cycle, wiredBox.publisher()::close);
    add("recorder", wiredBox.recorder()::cycle, () -> {});
    for (PersistedState memory : wiredBox.memories()) {
      add(memory.name(), memory::cycle, memory::close);
    }
    add("clock", wiredBox.systemClock()::cycle, () -> {});
    for (Wiring.Wire wire : wiredBox.wires()) {
      add(
          wire.name(),
          wire.sampler()::cycle,
          () -> {
            wire.sampler().close();
            wire.close().run();
          });
    }
  }

  /**
   * Starts a box.
   *
   * @param time the box's own time, which a simulated ride may speed up
   * @param real real time, which the network and systemd keep
   * @return empty if another agent holds the data folder; nothing is started then
   */
  public static Optional<Agent> start(Config config, Time time, Time real, Faults faults) {
    Optional<DataLock> lock = Optional.empty();
    try {
      lock = DataLock.take(config.store().dataDir());
      if (lock.isEmpty()) {
        return Optional.empty();
      }
    } catch (IOException e) {
      faults.raise(
          Subsystem.STORE,
          "store",
          "cannot be locked, running without: " + e.getMessage(),
          time.tickMs());
    }
    Agent agent = new Agent(WiredBox.wire(config, time, real, faults), time, real, faults, lock);
    agent.duties.forEach(DutyThread::start);
    LOG.info("box {} boot {} runs", config.boxId(), agent.wiredBox.outbox().boot());
    return Optional.of(agent);
  }

  /**
   * Watches the box until its end is asked for, and tells systemd how it is.
   *
   * @return {@link ExitCode#DONE}, or {@link ExitCode#BUG} if a duty failed or is stuck; empty if
   *     its boot is over and another one is to begin
   */
  public OptionalInt run(ShutdownBarrier shutdownBarrier) {
    SystemdNotifier systemd = new SystemdNotifier(System.getenv(), real, faults);
    systemd.ready();
    while (!shutdownBarrier.await(WATCH_PERIOD)) {
      if (!watch()) {
        return OptionalInt.of(ExitCode.BUG);
      }
      if (wiredBox.names().isOver()) {
        LOG.info("the day is over, boot {} ends", wiredBox.outbox().boot());
        return OptionalInt.empty();
      }
      systemd.alive();
    }
    systemd.stopping();
    return OptionalInt.of(ExitCode.DONE);
  }

  /**
   * Looks at every duty, takes reports and writes the status; to be called every second or so, by
   * one thread.
   */
  public boolean watch() {
    takeReports();
    writeStatus();
    return isWell();
  }

  /** How the outbox does; any thread may ask, also after the end. */
  public Outbox.OutboxStatus store() {
    return wiredBox.outbox().status();
  }

  /** How the link to the broker does; any thread may ask, also after the end. */
  public LinkStatus link() {
    return wiredBox.publisher().status();
  }

  /** Stops the duties in reverse, so that the last rows still reach the broker and the disk. */
  @Override
  public void close() {
    try {
      for (int last = duties.size() - 1; last >= 0; last--) {
        duties.get(last).stop();
        wiredBox
            .publisher()
            .wake(); // Its cycle waits for the broker; the others wait between cycles.
        if (!duties.get(last).join(STOP_PATIENCE)) {
          LOG.warn("{} did not end", duties.get(last).name());
        }
      }
      file.remove();
      if (lock.isPresent()) {
        lock.get().close();
      }
    } catch (IOException e) {
      LOG.warn("while stopping: {}", e.getMessage());
    }
  }

  private void add(String name, DutyThread.Cycle cycle, Runnable close) {
    // Duties live in the box's own time; a simulated ride at speed 40 makes no card faster.
    long limitMs = (long) (CYCLE_LIMIT.toMillis() * wiredBox.config().simulation().speed());
    duties.add(new DutyThread(name, Duration.ofMillis(limitMs), cycle, close, time));
  }

  private boolean isWell() {
    for (DutyThread duty : duties) {
      if (duty.failure().isPresent()) {
        LOG.error("{} failed: a bug, please report it", duty.name(), duty.failure().get());
        return false;
      }
      if (duty.isStuck()) {
        LOG.error("{} has not finished a cycle in {}", duty.name(), CYCLE_LIMIT);
        return false;
      }
    }
    return true;
  }

  private void openReports() {
    try {
      reports.open();
    } catch (IOException e) {
      faults.raise(Subsystem.AGENT, REPORTS, "cannot be taken: " + e, time.tickMs());
    }
  }

  private void takeReports() {
    try {
      for (String text : reports.take()) {
        Map<String, Object> body = text.isEmpty() ? Map.of() : Map.of("text", text);
        wiredBox.outbox().append(Event.Kind.REPORT, time.tickMs(), body);
        LOG.info("a hazard was reported");
      }
      faults.clear(REPORTS);
    } catch (IOException e) {
      faults.raise(Subsystem.AGENT, REPORTS, "cannot be taken: " + e, time.tickMs());
    }
  }

  private void writeStatus() {
    try {
      file.write(status::write);
      faults.clear(PLACE);
    } catch (IOException e) {
      faults.raise(Subsystem.AGENT, PLACE, "cannot be written: " + e.getMessage(), time.tickMs());
    }
  }
}
