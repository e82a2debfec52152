package dev.streetbox.agent;

import dev.streetbox.bus.Time;
import dev.streetbox.command.Commands;
import dev.streetbox.datadir.DeniedException;
import dev.streetbox.measure.Faults;
import dev.streetbox.outbox.Event;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.outbox.RowReader;
import dev.streetbox.publish.LinkStatus;
import dev.streetbox.report.ReportStates;
import dev.streetbox.sample.GoneParts;
import dev.streetbox.sample.SensorStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
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

  /** Limits a boot in a privacy zone, in the box's time after the hold for a clock. */
  private static final Duration IN_ZONE_LIMIT = Duration.ofSeconds(30);

  private static final Duration WATCH_PERIOD = Duration.ofSeconds(1);

  private final Time time;
  private final Time real;
  private final Faults faults;
  private final boolean inZone;
  private final AgentLock lock;
  private final RunningDuties duties;
  private final Watchdog watchdog;
  private final RunFolder runFolder;
  private final BoxReports reports;
  private final GoneParts goneParts;
  private final WiredBox wiredBox;

  private Agent(
      WiredBox wiredBox, boolean inZone, Time time, Time real, Faults faults, AgentLock lock) {
    this.inZone = inZone;
    this.wiredBox = wiredBox;
    this.time = time;
    this.real = real;
    this.faults = faults;
    this.lock = lock;
    this.watchdog = new Watchdog(faults);
    this.goneParts = new GoneParts(wiredBox.config().partGoneAfter());
    this.duties = new RunningDuties(wiredBox.config().simulation().speed(), time);
    DutyThread disk =
        addDiskDuty("outbox", wiredBox.committer()::cycle, wiredBox.committer()::close);
    this.reports = reports(disk);
    this.runFolder =
        new RunFolder(
            wiredBox.config().runDir(),
            !wiredBox.config().privacy().zones().isEmpty(),
            new StatusJson(wiredBox, reports, time, faults)::write,
            time,
            real,
            faults);
    RowReader reader = wiredBox.outbox().reader();
    reader.serve();
    addDiskDuty("reader", reader::cycle, reader::close);
    Commands commands = wiredBox.commands();
    addDiskDuty("commands", commands::cycle, this::closeCommands);
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
    addLines(disk);
  }

  private BoxReports reports(DutyThread disk) {
    ReportStates states = wiredBox.reportStates();
    BoxReports made =
        new BoxReports(
            wiredBox.config(),
            wiredBox.hardware(),
            wiredBox.names(),
            states,
            wiredBox.commands()::requestSave,
            tracker ->
                new OutboxPublication(
                    wiredBox.recorder(), wiredBox.outbox(), tracker, disk::wake, inZone, time),
            time,
            faults);
    wiredBox.outbox().onEvent(made.tracker());
    wiredBox.reportsLink().connect(made.lamp(), made.tracker());
    return made;
  }

  /** Saves the states of reports too that the publisher, which ends before, has noted last. */
  private void closeCommands() {
    wiredBox.reportsLink().updateStates();
    boolean unused = wiredBox.commands().close(); // An error is a fault already.
  }

  /** Adds the duties of the GPIO lines; one that fails to read its line is a fault only. */
  private void addLines(DutyThread disk) {
    reports.panel().ifPresent(panel -> add("panel", panel::cycle, panel::close));
    if (!inZone) {
      reports.lid().ifPresent(lid -> add("lid", lid::cycle, lid::close));
    }
    reports
        .supply(
            () -> {
              wiredBox.committer().request();
              disk.wake();
            })
        .ifPresent(supply -> add("supply", supply::cycle, supply::close));
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
    return start(config, time, rideTime, real, faults, false);
  }

  /**
   * Starts a boot that sends the reports made within a privacy zone, without a place, and ends once
   * the broker has them or after half a minute. It reads no part and no receiver, has no row, and
   * its messages show that the box is within a zone ({@code [report] in_zone}).
   *
   * @return empty if another agent runs; nothing is started then
   * @throws DeniedException if the data folder belongs to another user; nothing is started then
   */
  public static Optional<Agent> startInZone(
      Config config, Time time, Time rideTime, Time real, Faults faults) throws IOException {
    return start(config.withoutParts(), time, rideTime, real, faults, true);
  }

  private static Optional<Agent> start(
      Config config, Time time, Time rideTime, Time real, Faults faults, boolean inZone)
      throws IOException {
    TimedDisk disk = new TimedDisk(TimedDisk.PATIENCE);
    Optional<AgentLock> lock =
        AgentLock.take(config.runDir(), config.store().dataDir(), disk, faults, time.tickMs());
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    WiredBox wired = WiredBox.wire(config, time, rideTime, real, disk, faults, inZone);
    Agent agent = new Agent(wired, inZone, time, real, faults, lock.get());
    agent.duties.start();
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
      if (inZone ? hasSentReports() : isHidden()) {
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
    reports.cycle(runFolder.takeReports());
    declareGoneParts();
    runFolder.writeStatus();
    faults.logDue(time.tickMs());
    return watchdog.check(time.tickMs());
  }

  /** Returns whether a boot in a privacy zone is over: its reports are sent, or wait too long. */
  private boolean hasSentReports() {
    long limitMs = wiredBox.config().hold().toMillis() + IN_ZONE_LIMIT.toMillis();
    return time.tickMs() >= limitMs || wiredBox.outbox().status().events() == 0;
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
      duties.stop(this::stopTimeout, this::wakeWaiting, watchdog::markUnended);
      runFolder.close();
      lock.close();
    } catch (IOException e) {
      LOG.warn("while stopping: {}", e.getMessage());
    }
  }

  /** Wakes publisher, reader and commands, which wait within their cycles. */
  private void wakeWaiting() {
    wiredBox.publisher().wake();
    wiredBox.outbox().reader().wake();
    wiredBox.commands().wake();
  }

  /** Returns the wait for a duty's end; short if the disk did not answer it before. */
  private Duration stopTimeout(DutyThread duty) {
    return watchdog.isDiskStuck(duty) ? STUCK_STOP_TIMEOUT : STOP_TIMEOUT;
  }

  private void add(String name, DutyThread.Cycle cycle, Runnable close) {
    watchdog.add(duties.add(name, cycle, close));
  }

  private DutyThread addDiskDuty(String name, DutyThread.Cycle cycle, Runnable close) {
    DutyThread duty = duties.add(name, cycle, close);
    watchdog.addDiskDuty(duty);
    return duty;
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
      Map<String, Object> body = new TreeMap<>(Map.of("what", "part", "part", part.name()));
      OutboxPublication.addPlace(body, wiredBox.recorder().places(), part.lastSampleTickMs());
      wiredBox.outbox().append(Event.Kind.TAMPER, part.lastSampleTickMs(), body);
    }
  }
}
