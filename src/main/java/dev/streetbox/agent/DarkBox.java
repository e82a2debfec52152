package dev.streetbox.agent;

import dev.streetbox.bus.Time;
import dev.streetbox.datadir.Disk;
import dev.streetbox.datadir.Secret;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.outbox.BootCounter;
import dev.streetbox.publish.PlainNames;
import dev.streetbox.record.Departure;
import dev.streetbox.record.PositionWatch;
import dev.streetbox.report.ReportStates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a box that is or may be within a privacy zone: reads the receiver, takes hazard reports and
 * writes {@code status.json}, and nothing else. No boot number is taken, no part is read, nothing
 * is stored but reports, and no connection is made.
 */
public final class DarkBox implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("streetbox");

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(4);
  private static final Duration WATCH_PERIOD = Duration.ofSeconds(1);

  private static final String PLACE = "privacy";
  private static final String FIX_PLACE = "privacy fix";
  private static final String NO_RECEIVER =
      "[gnss] source is none, so the box cannot know that it is outside the privacy zones:"
          + " nothing is measured. Try: sudo nano /etc/streetbox/streetbox.toml";
  private static final String NO_FIX =
      "no fix for 10 minutes, so the box may be within a privacy zone: nothing is measured."
          + " Try: cgps, with the antenna under open sky";

  private final Time time;
  private final Time real;
  private final Faults faults;
  private final AgentLock lock;
  private final RunningDuties duties;
  private final PositionWatch watch;
  private final RunFolder runFolder;
  private final BoxReports reports;
  private final boolean sendInZone;

  private DarkBox(
      Config config,
      Time time,
      Time rideTime,
      Time real,
      Faults faults,
      AgentLock lock,
      Disk disk) {
    this.time = time;
    this.real = real;
    this.faults = faults;
    this.lock = lock;
    Config locating = config.withoutSensors();
    ConfiguredHardware hardware =
        new ConfiguredHardware(locating, time, rideTime, Optional.empty());
    Wiring wiring =
        new Wiring(
            locating,
            hardware,
            time,
            faults,
            reading -> {},
            tickMs -> OptionalLong.empty(),
            Optional.empty());
    List<Wiring.BusDuty> buses = wiring.buses();
    this.watch = new PositionWatch(wiring.board(), departure(config, disk), time);
    this.duties = new RunningDuties(config.simulation().speed(), time);
    this.sendInZone = config.panel().sendInZone();
    this.reports = reports(config, hardware, disk);
    this.runFolder =
        new RunFolder(
            config.runDir(),
            true,
            new DarkStatusJson(config, buses, wiring::gnssState, reports, time, faults)::write,
            time,
            real,
            faults);
    duties.add("position", watch::cycle, () -> {});
    for (Wiring.BusDuty bus : buses) {
      duties.add(bus.name(), bus.sampler()::cycle, () -> close(bus));
    }
    reports.panel().ifPresent(panel -> duties.add("panel", panel::cycle, panel::close));
    if (buses.isEmpty()) {
      faults.raise(Subsystem.PRIVACY, PLACE, NO_RECEIVER, time.tickMs());
    }
  }

  /** Makes the intake of reports, which are kept only; their earlier states are shown. */
  private BoxReports reports(Config config, ConfiguredHardware hardware, Disk disk) {
    ReportStates states = new ReportStates(() -> time.systemClock().toEpochMilli());
    FormerReportStates.readAll(config.store().dataDir(), disk, states);
    return new BoxReports(
        config,
        hardware,
        new PlainNames(config.boxId()),
        states,
        () -> {},
        tracker -> new NoPublication(),
        time,
        faults);
  }

  private static void close(Wiring.BusDuty bus) {
    bus.sampler().close();
    bus.close().run();
  }

  private Optional<Departure> departure(Config config, Disk disk) {
    Path dataDir = config.store().dataDir();
    try {
      Secret secret = disk.call(() -> Secret.of(dataDir));
      int next = disk.call(() -> nextBoot(dataDir));
      return Optional.of(new Departure(config.privacy().zones(), secret, next));
    } catch (IOException e) {
      faults.raise(Subsystem.PRIVACY, PLACE, Darkness.NO_SECRET + e.getMessage(), time.tickMs());
      return Optional.empty();
    }
  }

  /** Returns the number that the next boot probably gets; a restart in the dark draws the same. */
  private static int nextBoot(Path dataDir) {
    try {
      return BootCounter.last(dataDir) + 1;
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * Starts a box in the dark.
   *
   * @param time the time since this call, which a simulated ride may speed up
   * @param rideTime the time of a simulated ride
   * @param real real time, for systemd
   * @return empty if another agent runs; nothing is started then
   * @throws IOException if the data folder belongs to another user; nothing is started then
   */
  public static Optional<DarkBox> start(
      Config config, Time time, Time rideTime, Time real, Faults faults) throws IOException {
    Disk disk = new TimedDisk(TimedDisk.PATIENCE);
    Optional<AgentLock> lock =
        AgentLock.take(config.runDir(), config.store().dataDir(), disk, faults, time.tickMs());
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    DarkBox box = new DarkBox(config, time, rideTime, real, faults, lock.get(), disk);
    box.duties.start();
    return Optional.of(box);
  }

  /**
   * Watches the box until its end is requested, and notifies systemd of its state.
   *
   * @return {@link ExitCode#DONE}, or {@link ExitCode#BUG} if a duty ended with an error or is
   *     stuck; empty if the box is outside the zones and the caller is to start the next boot
   */
  public OptionalInt run(ShutdownBarrier shutdownBarrier) {
    SystemdNotifier systemd = new SystemdNotifier(System.getenv(), real, faults);
    systemd.ready();
    while (!runFolder.await(WATCH_PERIOD, shutdownBarrier)) {
      if (!watch()) {
        return OptionalInt.of(ExitCode.BUG);
      }
      if (watch.isOutside() || hasReportToSend()) {
        return OptionalInt.empty();
      }
      systemd.alive();
    }
    systemd.stopping();
    return OptionalInt.of(ExitCode.DONE);
  }

  /**
   * Returns whether a report waits that is to be sent at once from within the zone ({@code [report]
   * in_zone}), so that the caller is to call {@link Agent#startInZone}; callable after the end.
   */
  public boolean hasReportToSend() {
    return sendInZone && !watch.isOutside() && reports.isWaiting();
  }

  /**
   * Takes reports, writes the status if it is due or requested, and checks every duty.
   *
   * @return false if a duty ended with an error or is stuck
   */
  private boolean watch() {
    reports.cycle(runFolder.takeReports());
    if (watch.isWithoutFix()) {
      faults.raise(Subsystem.PRIVACY, FIX_PLACE, NO_FIX, time.tickMs());
    } else {
      faults.clear(FIX_PLACE);
    }
    runFolder.writeStatus();
    return duties.all().stream().allMatch(this::isRunning);
  }

  private boolean isRunning(DutyThread duty) {
    if (duty.error().isPresent()) {
      LOG.error("{} ended with an error: a bug, please report it", duty.name(), duty.error().get());
    } else if (duty.isStuck()) {
      LOG.error("{} has not finished a cycle in {}", duty.name(), Watchdog.CYCLE_LIMIT);
    }
    return duty.error().isEmpty() && !duty.isStuck();
  }

  /** Stops the duties, removes the status and releases the data folder. */
  @Override
  public void close() {
    try {
      duties.stop(duty -> STOP_TIMEOUT, () -> {}, duty -> {});
      runFolder.close();
      lock.close();
    } catch (IOException e) {
      LOG.warn("while stopping: {}", e.getMessage());
    }
  }
}
