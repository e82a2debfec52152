package dev.streetbox.doctor;

import dev.streetbox.agent.BoardSerial;
import dev.streetbox.agent.Config;
import dev.streetbox.agent.Version;
import dev.streetbox.bus.Time;
import dev.streetbox.datadir.Secret;
import dev.streetbox.outbox.BootCounter;
import dev.streetbox.publish.DailyNames;
import dev.streetbox.publish.PublishedNames;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Computes the name under which the agent would connect if it were started now: the box id, or with
 * daily names that of today. Used by one thread.
 */
final class NextName {
  private final Config config;
  private final Time time;

  NextName(Config config, Time time) {
    this.config = config;
    this.time = time;
  }

  /**
   * Returns the name, with the number of the last boot.
   *
   * @throws IOException if the data folder does not tell the last boot
   * @throws UnknownNameException if the name of today cannot be computed
   */
  PublishedNames.Name get() throws IOException {
    Path dataDir = config.store().dataDir();
    if (!config.privacy().daily()) {
      return new PublishedNames.Name(config.boxId(), lastBoot(dataDir));
    }
    Instant now = time.systemClock();
    if (now.isBefore(Version.current().built())) {
      throw new UnknownNameException(
          "the clock is before this program was built, so the day is not known", "timedatectl");
    }
    LocalDate today = LocalDate.ofInstant(now, config.privacy().timeZone());
    String board = BoardSerial.of(Path.of("/")).orElse("");
    return DailyNames.ofDay(secret(dataDir), board, today, lastBoot(dataDir));
  }

  private static int lastBoot(Path dataDir) throws IOException {
    return Math.max(1, BootCounter.last(dataDir));
  }

  private static Secret secret(Path dataDir) throws IOException {
    try {
      return Secret.existing(dataDir);
    } catch (NoSuchFileException e) {
      throw new UnknownNameException(
          "the box has no secret yet: its first start makes one", "sudo systemctl start streetbox");
    } catch (AccessDeniedException e) {
      throw new UnknownNameException(
          "this user may not read the box's secret", "sudo streetbox doctor");
    }
  }
}
