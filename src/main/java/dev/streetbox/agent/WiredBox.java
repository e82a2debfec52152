package dev.streetbox.agent;

import dev.streetbox.bus.KernelFiles;
import dev.streetbox.bus.Time;
import dev.streetbox.calibrate.Calibrations;
import dev.streetbox.calibrate.Revision;
import dev.streetbox.command.CommandFile;
import dev.streetbox.command.CommandName;
import dev.streetbox.command.Commands;
import dev.streetbox.datadir.BoxIds;
import dev.streetbox.datadir.Disk;
import dev.streetbox.driver.GnssState;
import dev.streetbox.driver.Microphone;
import dev.streetbox.measure.Faults;
import dev.streetbox.mqtt.PahoConnector;
import dev.streetbox.outbox.BootCounter;
import dev.streetbox.outbox.Committer;
import dev.streetbox.outbox.LastKnownTime;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.publish.BoxDocuments;
import dev.streetbox.publish.BoxInfo;
import dev.streetbox.publish.Clocks;
import dev.streetbox.publish.PublishedBox;
import dev.streetbox.publish.PublishedNames;
import dev.streetbox.publish.Publisher;
import dev.streetbox.publish.RemoteSettings;
import dev.streetbox.publish.TakenSession;
import dev.streetbox.record.Composer;
import dev.streetbox.record.DisciplinedClock;
import dev.streetbox.record.Privacy;
import dev.streetbox.record.Recorder;
import dev.streetbox.record.TimeKeeper;
import dev.streetbox.report.ReportStates;
import dev.streetbox.sample.Board;
import dev.streetbox.sample.SensorStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Holds a box's objects, wired and not yet running: {@link Agent} gives them threads, {@link
 * StatusJson} reports on them.
 *
 * @param config the configuration that the box was wired from
 * @param version the program's release
 * @param names the names under which rows are published
 * @param ids the box ids under which the boots of the data folder measured
 * @param outbox the store that the threads share
 * @param committer the duty of the disk
 * @param commands the duty of the commands
 * @param remote the settings that commands change
 * @param publisher the duty of the broker
 * @param recorder the duty of the row grid
 * @param systemClock the duty of the system clock
 * @param board the latest reading of every sensor
 * @param buses the duties of the buses
 * @param gnss the receiver's state as of gpsd's last report, if a receiver is configured
 * @param persistedStates the duties that keep parts' states across restarts
 * @param runHours the hours of fans, lasers and cells
 * @param reportStates the states of reports, which commands change
 * @param reportsLink passes commands to the lamp and the reports
 * @param microphones the microphones by name, for calibrator tones
 * @param calibration the calibration of this boot, if the box was ever calibrated
 * @param hardware the ports, of which the GPIO lines are not taken yet
 */
record WiredBox(
    Config config,
    Version version,
    PublishedNames names,
    BoxIds ids,
    Outbox outbox,
    Committer committer,
    Commands commands,
    RemoteSettings remote,
    Publisher publisher,
    Recorder recorder,
    DisciplinedClock systemClock,
    Board board,
    List<Wiring.BusDuty> buses,
    Supplier<Optional<GnssState>> gnss,
    List<PersistedState> persistedStates,
    RunHours runHours,
    ReportStates reportStates,
    ReportsLink reportsLink,
    Map<String, Microphone> microphones,
    Optional<Revision> calibration,
    ConfiguredHardware hardware) {
  /**
   * Takes the next boot number, which is durable when this returns, and wires everything.
   *
   * @param time the box's own time, which a simulated ride may speed up
   * @param real real time
   */
  static WiredBox wire(Config config, Time time, Time real, Faults faults) {
    return wire(config, time, time, real, new TimedDisk(TimedDisk.PATIENCE), faults);
  }

  /**
   * Takes the next boot number, which is durable when this returns, and wires everything.
   *
   * @param time the box's own time since the boot began
   * @param rideTime the time of a simulated ride
   * @param real real time
   * @param disk the disk of the data folder; if it does not answer, the box starts as with a broken
   *     one
   */
  static WiredBox wire(
      Config config, Time time, Time rideTime, Time real, Disk disk, Faults faults) {
    return wire(config, time, rideTime, real, disk, faults, false);
  }

  /**
   * Takes the next boot number, which is durable when this returns, and wires everything.
   *
   * @param rideTime the time of a simulated ride
   * @param real real time
   * @param disk the disk of the data folder, as above
   * @param inZone whether the boot only sends reports from within a privacy zone: it has no row
   */
  static WiredBox wire(
      Config config,
      Time time,
      Time rideTime,
      Time real,
      Disk disk,
      Faults faults,
      boolean inZone) {
    Version version = Version.current();
    BoxFiles files = new BoxFiles(config, disk, faults);
    int boot = new BootCounter(config.store().dataDir(), faults, disk).next();
    Outbox outbox = new Outbox(boot, config.store().dataDir(), config.hold());
    LastKnownTime lastKnownTime = files.lastKnownTime();
    TimeKeeper keeper = new TimeKeeper(boot, version.built(), lastKnownTime, faults);
    Calibrations calibrations = files.calibrations();
    Optional<Revision> calibration = calibrations.of(boot);
    ConfiguredHardware hardware = new ConfiguredHardware(config, time, rideTime, Optional.empty());
    Wiring wiring =
        new Wiring(config, hardware, time, faults, keeper::offer, keeper::utcMs, calibration);
    List<Wiring.BusDuty> buses = wiring.buses();
    BoxIds ids = files.ids(boot);
    files.noteBoard(boot);
    PublishedNames publishedNames = files.names(ids, outbox, time);
    BoxInfo info =
        new BoxInfo(
            config.boxId(),
            version.number(),
            config.hash(),
            hardware.isSimulating(),
            rows -> calibrations.of(rows).map(Revision::id));
    Privacy privacy = inZone ? Privacy.everywhere() : files.privacy(boot);
    RemoteSettings remote = new RemoteSettings(config.mqtt());
    TakenSession taken = new TakenSession();
    Publisher publisher =
        new Publisher(
            new PublishedBox(info, publishedNames, config.mqtt(), outbox, remote),
            new PahoConnector(config.mqtt().broker(), PahoConnector.BOX_PACKET_BYTES, real),
            new Clocks(time, real),
            new SplittableRandom(),
            faults);
    publisher.connectOnlyWhile(() -> inZone || !privacy.isNear());
    Supplier<List<SensorStatus>> sensors = () -> sensors(buses);
    publisher.describe(
        new BoxDocuments(
            new AboutJson(config, version, calibration, remote, sensors)::write,
            new DiagJson(
                    config.privacy().daily(),
                    outbox,
                    time,
                    faults,
                    new BoardHealth(new KernelFiles(Path.of("/")), config.store().dataDir()),
                    sensors,
                    wiring.runHours(),
                    wiring::gnssState,
                    publisher::status,
                    publisher.resends()::counts)
                ::write));
    ReportsLink reportsLink = new ReportsLink();
    ReportStates states = new ReportStates(() -> time.systemClock().toEpochMilli());
    CommandActions actions =
        new CommandActions()
            .ping(
                () -> publishedNames.of(boot).boot(),
                () -> Duration.ofMillis(time.tickMs()),
                version.number())
            .publishing(CommandName.ABOUT, publisher::publishAbout)
            .publishing(CommandName.DIAG, publisher::publishDiag)
            .identify(reportsLink::identify)
            .resend(publisher.resends())
            .with(
                CommandName.REPORT_STATUS,
                command -> {
                  reportsLink.updateStates();
                  return ReportStatusCommand.apply(command, states);
                })
            .with(CommandName.SET, command -> remote.set(command, time.tickMs()));
    Commands commands =
        new Commands(
            new CommandFile(
                config.store().dataDir(), List.of(remote, taken, publisher.resends(), states)),
            actions.all(),
            time,
            faults);
    FormerReportStates.takeOver(config.store().dataDir(), disk, states, commands);
    publisher.receive(commands, taken);
    return new WiredBox(
        config,
        version,
        publishedNames,
        ids,
        outbox,
        new Committer(config.store(), outbox, ids, time, faults),
        commands,
        remote,
        publisher,
        new Recorder(
            new Composer(
                wiring.board(),
                config.quality(),
                second -> calibration.map(known -> known.corrected(second)).orElse(second)),
            config.events(),
            privacy,
            keeper,
            outbox,
            time),
        new DisciplinedClock(keeper, time),
        wiring.board(),
        buses,
        wiring::gnssState,
        wiring.persistedStates(),
        wiring.runHours(),
        states,
        reportsLink,
        wiring.microphones(),
        calibration,
        hardware);
  }

  private static List<SensorStatus> sensors(List<Wiring.BusDuty> buses) {
    return buses.stream().flatMap(bus -> bus.sampler().status().stream()).toList();
  }
}
