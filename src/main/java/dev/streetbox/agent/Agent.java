package dev.streetbox.agent;

import dev.streetbox.bus.Time;
import dev.streetbox.command.Commands;
import dev.streetbox.datadir.DeniedException;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Row;
import dev.streetbox.outbox.Event;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.outbox.RowReader;
import dev.streetbox.publish.LinkStatus;
import dev.streetbox.sample.GoneParts;
import dev.streetbox.sample.SensorStatus;
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
 * Runs a box: starts its duties on their threads and watches these from the thread that calls
 * {@link #run}. A box starts also if sensors, receiver, disk or broker are missing, because each of
 * these is a fault of its duty only.
 */
public final class Agent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("streetbox");

  /** Limits the wait for one duty's end, in real time. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(4);

  /** Limits the wait for the end of a duty that the disk did not answer before, in real time. */
  private static final Duration STUCK_STOP_TIMEOUT = Duration.ofMillis(100);

  private static final Duration WATCH_PERIOD = Duration.ofSeconds(1);

  private final Time time;
  private final Time real;
  private final Faults faults;
  private final AgentLock lock;
  private final List<DutyThread> duties = new ArrayList<>();
  private final Watchdog watchdog;
  private final RunFolder runFolder;
  private final HeldReports heldReports;
  private final GoneParts goneParts;
  private final WiredBox wiredBox;

  private Agent(WiredBox wiredBox, Time time, Time real, Faults faults, AgentLock lock) {
    this.wiredBox = wiredBox;
    this.time = time;
    this.real = real;
    this.faults = faults;
    this.lock = lock;
    this.watchdog = new Watchdog(faults);
    this.runFolder =
        new RunFolder(
            wiredBox.config().runDir(),
            !wiredBox.config().privacy().zones().isEmpty(),
            new StatusJson(wiredBox, time, faults)::write,
            time,
            real,
            faults);
    this.heldReports = new HeldReports(wiredBox.config().store().dataDir(), time, faults);
    this.goneParts = new GoneParts(wiredBox.config().partGoneAfter());
    addDiskDuty("outbox", wiredBox.committer()::cycle, wiredBox.committer()::close);
    RowReader reader = wiredBox.outbox().reader();
    reader.serve();
    addDiskDuty("reader", reader::cycle, reader::close);
    Commands commands = wiredBox.commands();
    addDiskDuty("commands", commands::cycle, commands::close);
    add("publisher", wiredBox.publisher()::cycle, wiredBox.publisher()::close);
    add("recorder", wiredBox.recorder()::cycle, () -> {});
    for (PersistedState state : wiredBox.persistedStates()) {
      addDiskDuty(state.name(), state::cycle, state::close);
    }
    add("clock", wiredBox.systemClock()::cycle, () -> {});
    for (Wiring.BusDuty bus : wiredBox.buses()) {
      add(
          bus.name(),
          bus.sampler()::cycle,
          () -> {
            bus.sampler().close();
            bus.close().run();
          });
    }
  }

  /**
   * Starts a box, with its next boot number.
   *
   * @param time the box's own time, which a simulated ride may speed up
   * @param real real time, for the network and systemd
   * @return empty if another agent runs; nothing is started then
   * @throws DeniedException if the data folder belongs to another user; nothing is started then
   */
  public static Optional<Agent> start(Config config, Time time, Time real, Faults faults)
      throws IOException {
    return start(config, time, time, real, faults);
  }

  /**
   * Starts a box, with its next boot number.
   *
   * @param time the box's own time since the boot began
   * @param rideTime the time of a simulated ride, which goes on over all boots of the process
   * @param real real time, for the network and systemd
   * @return empty if another agent runs; nothing is started then
   * @throws DeniedException if the data folder belongs to another user; nothing is started then
   */
  public static Optional<Agent> start(
      Config config, Time time, Time rideTime, Time real, Faults faults) throws IOException {
    TimedDisk disk = new TimedDisk(TimedDisk.PATIENCE);
    Optional<AgentLock> lock =
        AgentLock.take(config.runDir(), config.store().dataDir(), disk, faults, time.tickMs());
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    WiredBox wired = WiredBox.wire(config, time, rideTime, real, disk, faults);
    Agent agent = new Agent(wired, time, real, faults, lock.get());
    agent.duties.forEach(DutyThread::start);
    LOG.info("box {} boot {} runs", config.boxId(), agent.wiredBox.outbox().boot());
    return Optional.of(agent);
  }

  /**
   * Watches the box until its end is requested, and notifies systemd of its state.
   *
   * @return {@link ExitCode#DONE}, or {@link ExitCode#BUG} if a duty ended with an error, or one
   *     that does not wait for the disk is stuck; empty if this boot is over and the caller is to
   *     start the next one
   */
  public OptionalInt run(ShutdownBarrier shutdownBarrier) {
    SystemdNotifier systemd = new SystemdNotifier(System.getenv(), real, faults);
    systemd.ready();
    while (!runFolder.await(WATCH_PERIOD, shutdownBarrier)) {
      if (!watch()) {
        return OptionalInt.of(ExitCode.BUG);
      }
      if (isHidden()) {
        return OptionalInt.empty();
      }
      if (wiredBox.names().isExpired()) {
        LOG.info("the day is over, boot {} ends", wiredBox.outbox().boot());
        return OptionalInt.empty();
      }
      systemd.alive();
    }
    systemd.stopping();
    return OptionalInt.of(ExitCode.DONE);
  }

  /**
   * Takes reports, writes the status if it is due or requested, logs counted faults and checks
   * every duty; to be called about once a second, by one thread.
   *
   * @return false if a duty ended with an error, or one that does not wait for the disk is stuck
   */
  public boolean watch() {
    takeReports();
    declareGoneParts();
    runFolder.writeStatus();
    faults.logDue(time.tickMs());
    return watchdog.check(time.tickMs());
  }

  /** Returns whether the boot is over because the box may be within a privacy zone. */
  public boolean isHidden() {
    return wiredBox.recorder().isHidden();
  }

  /** Returns the outbox's state; callable by any thread, also after the end. */
  public Outbox.OutboxStatus store() {
    return wiredBox.outbox().status();
  }

  /** Returns the state of the broker connection; callable by any thread, also after the end. */
  public LinkStatus link() {
    return wiredBox.publisher().status();
  }

  /**
   * Stops the duties in reverse order, so that the last rows still reach the broker and the disk.
   */
  @Override
  public void close() {
    try {
      for (int last = duties.size() - 1; last >= 0; last--) {
        duties.get(last).stop();
        // Publisher, reader and commands wait within their cycles, the other duties between cycles.
        wiredBox.publisher().wake();
        wiredBox.outbox().reader().wake();
        wiredBox.commands().wake();
        if (!duties.get(last).join(stopTimeout(duties.get(last)))) {
          LOG.warn("{} did not end", duties.get(last).name());
          watchdog.markUnended(duties.get(last));
        }
      }
      runFolder.close();
      lock.close();
    } catch (IOException e) {
      LOG.warn("while stopping: {}", e.getMessage());
    }
  }

  /** Returns the wait for a duty's end; short if the disk did not answer it before. */
  private Duration stopTimeout(DutyThread duty) {
    return watchdog.isDiskStuck(duty) ? STUCK_STOP_TIMEOUT : STOP_TIMEOUT;
  }

  private void add(String name, DutyThread.Cycle cycle, Runnable close) {
    watchdog.add(duty(name, cycle, close));
  }

  private void addDiskDuty(String name, DutyThread.Cycle cycle, Runnable close) {
    watchdog.addDiskDuty(duty(name, cycle, close));
  }

  private DutyThread duty(String name, DutyThread.Cycle cycle, Runnable close) {
    // Duties measure the box's time: at a simulation speed of 40, one real second is 40 s of it.
    long limitMs =
        (long) (Watchdog.CYCLE_LIMIT.toMillis() * wiredBox.config().simulation().speed());
    DutyThread duty = new DutyThread(name, Duration.ofMillis(limitMs), cycle, close, time);
    duties.add(duty);
    return duty;
  }

  private void takeReports() {
    for (String text : runFolder.takeReports()) {
      heldReports.add(text);
      LOG.info("a hazard was reported");
    }
    if (!isHidden()) {
      heldReports.takeUntil(publishableMs()).forEach(this::append);
    }
    heldReports.save();
  }

  /** Appends an event for each part that is newly gone; inside a privacy zone there are none. */
  private void declareGoneParts() {
    if (isHidden() || wiredBox.recorder().isNear()) {
      return;
    }
    List<SensorStatus> statuses =
        wiredBox.buses().stream()
            .filter(bus -> !bus.name().equals(Wiring.GNSS))
            .flatMap(bus -> bus.sampler().status().stream())
            .toList();
    for (SensorStatus part : goneParts.next(statuses, time.tickMs())) {
      Map<String, Object> body = Map.of("what", "part", "part", part.name());
      wiredBox.outbox().append(Event.Kind.TAMPER, part.lastSampleTickMs(), body);
    }
  }

  /** Returns the tick up to which reports may be published: near a zone, that of the last row. */
  private long publishableMs() {
    return wiredBox.recorder().isNear()
        ? wiredBox.recorder().last().map(Row::tickMs).orElse(0L)
        : time.tickMs();
  }

  private void append(HeldReports.Report report) {
    Map<String, Object> body = report.text().isEmpty() ? Map.of() : Map.of("text", report.text());
    wiredBox.outbox().append(Event.Kind.REPORT, report.tickMs(), body);
  }
}
