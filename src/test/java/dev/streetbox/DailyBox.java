package dev.streetbox;

import dev.streetbox.bus.SystemTime;
import dev.streetbox.mqtt.Mosquitto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** Runs the program of a box with daily names; its files lie in a folder of the test. */
final class DailyBox {
  private final Path dir;
  private final Path config;

  /** Writes the configuration, with a time zone in which it is midnight after so many seconds. */
  DailyBox(Path dir, Mosquitto broker, int eveningS) throws IOException {
    this.dir = dir;
    this.config =
        Files.writeString(
            dir.resolve("streetbox.toml"),
            """
            [box]
            id = "sb-secret"
            data_dir = "%1$s/data"
            run_dir = "%1$s/run"
            [[sensor]]
            driver = "sht4x"
            bus = "sim"
            [gnss]
            source = "sim"
            [store]
            commit_period = "1s"
            [mqtt]
            broker = "%2$s"
            encoding = "json"
            live_period = "1s"
            [privacy]
            pseudonym = "daily"
            time_zone = "%3$s"
            """
                .formatted(dir, broker.uri(), zoneWithMidnightIn(eveningS)));
  }

  private static String zoneWithMidnightIn(int seconds) {
    LocalTime utc = LocalTime.ofInstant(new SystemTime().systemClock(), ZoneOffset.UTC);
    int eastS = 86_400 - seconds - utc.toSecondOfDay();
    return ZoneOffset.ofTotalSeconds(eastS > 64_800 ? eastS - 86_400 : eastS).getId();
  }

  /** Starts the agent. */
  ChildProcess start() throws IOException {
    return ChildProcess.start(dir, Program.STREETBOX, "run", "--config", config.toString());
  }
}
