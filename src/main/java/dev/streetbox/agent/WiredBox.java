package dev.streetbox.agent;

import dev.streetbox.bus.KernelFiles;
import dev.streetbox.bus.Time;
import dev.streetbox.calibrate.Calibrations;
import dev.streetbox.calibrate.Revision;
import dev.streetbox.command.CommandFile;
import dev.streetbox.command.CommandName;
import dev.streetbox.command.Commands;
import dev.streetbox.datadir.BootDates;
import dev.streetbox.datadir.BoxIds;
import dev.streetbox.datadir.Disk;
import dev.streetbox.datadir.Secret;
import dev.streetbox.driver.GnssState;
import dev.streetbox.driver.Microphone;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.mqtt.PahoConnector;
import dev.streetbox.outbox.BootCounter;
import dev.streetbox.outbox.Committer;
import dev.streetbox.outbox.LastKnownTime;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.publish.BoxDocuments;
import dev.streetbox.publish.BoxInfo;
import dev.streetbox.publish.Clocks;
import dev.streetbox.publish.DailyNames;
import dev.streetbox.publish.PlainNames;
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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
  private static final Logger LOG = LoggerFactory.getLogger("streetbox");

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
    int boot = new BootCounter(config.store().dataDir(), faults, disk).next();
    Outbox outbox = new Outbox(boot, config.store().dataDir(), config.hold());
    LastKnownTime lastKnownTime = lastKnownTime(config.store().dataDir(), disk);
    TimeKeeper keeper = new TimeKeeper(boot, version.built(), lastKnownTime, faults);
    Calibrations calibrations = calibrations(config, disk, faults);
    Optional<Revision> calibration = calibrations.of(boot);
    ConfiguredHardware hardware = new ConfiguredHardware(config, time, rideTime, Optional.empty());
    Wiring wiring =
        new Wiring(config, hardware, time, faults, keeper::offer, keeper::utcMs, calibration);
    List<Wiring.BusDuty> buses = wiring.buses();
    BoxIds ids = ids(config, boot, disk, faults);
    noteBoard(config, boot, disk, faults);
    PublishedNames publishedNames = names(config, ids, outbox, time, disk, faults);
    BoxInfo info =
        new BoxInfo(
            config.boxId(),
            version.number(),
            config.hash(),
            hardware.isSimulating(),
            rows -> calibrations.of(rows).map(Revision::id));
    Privacy privacy = inZone ? Privacy.everywhere() : privacy(config, boot, disk, faults);
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

  /** Returns the bounds of the time; without them every plausible time is believed. */
  private static LastKnownTime lastKnownTime(Path dataDir, Disk disk) {
    try {
      return disk.call(() -> LastKnownTime.of(dataDir));
    } catch (IOException e) {
      return new LastKnownTime(0, 0); // The boot counter's fault names the disk.
    }
  }

  private static void noteBoard(Config config, int boot, Disk disk, Faults faults) {
    BoardHistory history = new BoardHistory(config.store().dataDir(), Path.of("/"), faults);
    try {
      disk.call(
          () -> {
            history.begin(boot, config.boxId());
            return history;
          });
    } catch (IOException e) {
      // The boot counter's fault names the disk. The next boot notices another board.
    }
  }

  private static Calibrations calibrations(Config config, Disk disk, Faults faults) {
    try {
      return disk.call(() -> Calibrations.read(config.store().dataDir()));
    } catch (IOException e) {
      faults.raise(
          Subsystem.STORE,
          "calibration",
          "cannot be read, so readings are not corrected: " + e.getMessage(),
          0);
      return Calibrations.NONE;
    }
  }

  private static Privacy privacy(Config config, int boot, Disk disk, Faults faults) {
    if (config.privacy().zones().isEmpty()) {
      return Privacy.none();
    }
    try {
      Secret secret = disk.call(() -> Secret.of(config.store().dataDir()));
      return Privacy.of(config.privacy().zones(), secret, boot);
    } catch (IOException e) {
      faults.raise(Subsystem.PRIVACY, "privacy", Darkness.NO_SECRET + e.getMessage(), 0);
      return Privacy.everywhere();
    }
  }

  /**
   * Returns the ids of the boots, with this boot. If they cannot be read, the store is not opened
   * and only rows in memory are sent.
   */
  private static BoxIds ids(Config config, int boot, Disk disk, Faults faults) {
    Optional<BoxIds> read = readIds(config, disk, faults);
    if (read.isEmpty()) {
      return BoxIds.unread(config.store().dataDir(), config.boxId(), boot);
    }
    BoxIds ids = read.get();
    ids.begin(boot);
    ids.former()
        .ifPresent(
            other ->
                LOG.warn(
                    "{} holds rows of {}: they are sent under that id, new rows as {}",
                    config.store().dataDir(),
                    other,
                    config.boxId()));
    try {
      disk.call(
          () -> {
            ids.store();
            return ids;
          });
    } catch (IOException e) {
      // The committer tries again, and stores no row before.
      faults.raise(Subsystem.STORE, BoxIds.PLACE, String.valueOf(e.getMessage()), 0);
    }
    return ids;
  }

  private static Optional<BoxIds> readIds(Config config, Disk disk, Faults faults) {
    try {
      return Optional.of(disk.call(() -> BoxIds.of(config.store().dataDir(), config.boxId())));
    } catch (IOException e) {
      faults.raise(
          Subsystem.STORE,
          BoxIds.PLACE,
          "it is unknown who measured the stored rows, so they wait: " + e.getMessage(),
          0);
      return Optional.empty();
    }
  }

  private static PublishedNames names(
      Config config, BoxIds ids, Outbox outbox, Time time, Disk disk, Faults faults) {
    if (!config.privacy().daily()) {
      return new PlainNames(ids::of);
    }
    Path dataDir = config.store().dataDir();
    Secret secret;
    try {
      secret = disk.call(() -> Secret.of(dataDir));
    } catch (IOException e) {
      faults.raise(
          Subsystem.PRIVACY,
          "pseudonym",
          "the secret cannot be read, so names change with each start: " + e.getMessage(),
          0);
      secret = Secret.drawn();
    }
    ZoneId zone = config.privacy().timeZone();
    String board = BoardSerial.of(Path.of("/")).orElse("");
    BootDates dates = new BootDates(dataDir, disk);
    return new DailyNames(secret, board, dates, zone, config.hold(), outbox, time, faults);
  }
}
