package dev.streetbox.agent;

import dev.streetbox.bus.Time;
import dev.streetbox.calibrate.Calibrations;
import dev.streetbox.datadir.BootDates;
import dev.streetbox.datadir.BoxIds;
import dev.streetbox.datadir.Disk;
import dev.streetbox.datadir.Secret;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.outbox.LastKnownTime;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.publish.DailyNames;
import dev.streetbox.publish.PlainNames;
import dev.streetbox.publish.PublishedNames;
import dev.streetbox.record.Privacy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the data folder holds when a boot begins. What cannot be read is a fault, and each
 * method says what the box does without it. Used by the main thread.
 *
 * @param disk the disk of the data folder
 */
record BoxFiles(Config config, Disk disk, Faults faults) {
  private static final Logger LOG = LoggerFactory.getLogger("streetbox");

  /** Returns the bounds of the time; without them every plausible time is believed. */
  LastKnownTime lastKnownTime() {
    try {
      return disk.call(() -> LastKnownTime.of(config.store().dataDir()));
    } catch (IOException e) {
      return new LastKnownTime(0, 0); // The boot counter's fault names the disk.
    }
  }

  void noteBoard(int boot) {
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

  Calibrations calibrations() {
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

  Privacy privacy(int boot) {
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
  BoxIds ids(int boot) {
    Optional<BoxIds> read = readIds();
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

  private Optional<BoxIds> readIds() {
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

  PublishedNames names(BoxIds ids, Outbox outbox, Time time) {
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
