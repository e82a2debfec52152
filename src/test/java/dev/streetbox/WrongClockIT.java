package dev.streetbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.SystemTime;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Mosquitto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the installed program with a system clock that is wrong by years (libfaketime), so that the
 * real gpsd behind gpsfake is the only right time source. The expected time of a row is the second
 * at which the played log has the row's position.
 */
class WrongClockIT {
  /**
   * A day that the program accepts and that is not today, so that the date can come from the log
   * only.
   */
  private static final LocalDate DAY =
      LocalDate.ofInstant(new SystemTime().systemClock(), ZoneOffset.UTC).plusDays(30);

  private static final int LOG_SECONDS = 600;

  /**
   * Allowed error of a time, ms; in addition a row's position may be a second older than the row.
   */
  private static final long TOLERANCE_MS = 1_000;

  @TempDir Path dir;

  private Mosquitto broker;
  private Gpsfake gpsd;
  private ChildProcess observer;

  @BeforeEach
  void start() throws IOException {
    broker = Mosquitto.started(Files.createDirectory(dir.resolve("broker")));
    String day = DAY.format(DateTimeFormatter.ofPattern("ddMMyy"));
    Path log = Files.writeString(dir.resolve("ride.nmea"), NmeaLog.text(LOG_SECONDS, day));
    gpsd = new Gpsfake(dir, Mosquitto.freePort());
    gpsd.play(log, 0.5);
    String port = "" + broker.port();
    observer =
        ChildProcess.start(
            dir, Program.MOSQUITTO_SUB, "-V", "mqttv5", "-h", "127.0.0.1", "-p", port, "-t", "#");
  }

  @AfterEach
  void stop() {
    observer.close();
    gpsd.close();
    broker.close();
  }

  @Test
  void rowsHaveGnssTimeAlsoThoseFromBeforeTheFirstFix() throws IOException {
    try (ChildProcess slow = startBox("sb-slow", "-13y");
        ChildProcess fast = startBox("sb-fast", "+9y")) {
      for (ChildProcess box : List.of(slow, fast)) {
        String id = box == slow ? "sb-slow" : "sb-fast";
        Eventually.holds("rows; " + box.errors(), () -> placed(id).size() >= 5);
        assertEquals(0, box.terminate(15), box.errors());
        assertFalse(box.errors().contains("ld.so"), "no libfaketime: " + box.errors());
        assertRight(id);
      }
    }
  }

  private void assertRight(String id) throws IOException {
    for (SentRow row : placed(id)) {
      long lateMs = Long.parseLong(row.fields().get("t")) - second(row);
      assertTrue(lateMs >= -TOLERANCE_MS && lateMs <= 2 * TOLERANCE_MS, lateMs + " ms: " + row);
    }
    List<SentRow> rows = rows(id);
    assertTrue(rows.stream().allMatch(row -> row.fields().get("tq").equals("gnss")), "" + rows);
    assertTrue(rows.stream().anyMatch(row -> row.fields().get("seq").equals("1")), "" + rows);
  }

  /** Returns the time at which the log has the row's position, UTC in ms. */
  private static long second(SentRow row) {
    for (int second = 0; second < LOG_SECONDS; second++) {
      if (row.values("lat", "lon").equals(List.of(NmeaLog.lat(second), NmeaLog.lon(second)))) {
        return DAY.atTime(LocalTime.NOON).plusSeconds(second).toEpochSecond(ZoneOffset.UTC) * 1_000;
      }
    }
    throw new AssertionError("not a place of the log: " + row);
  }

  private List<SentRow> rows(String id) throws IOException {
    return SentRow.in(
        observer.lines().stream().filter(line -> line.contains("\"" + id + "\"")).toList());
  }

  private List<SentRow> placed(String id) throws IOException {
    return rows(id).stream().filter(row -> row.fields().containsKey("lat")).toList();
  }

  private ChildProcess startBox(String id, String wrong) throws IOException {
    Path config = dir.resolve(id + ".toml");
    Files.writeString(
        config,
        """
        [box]
        id = "%4$s"
        data_dir = "%1$s/data-%4$s"
        run_dir = "%1$s/run-%4$s"
        [gnss]
        source = "gpsd"
        address = "127.0.0.1:%2$d"
        [mqtt]
        broker = "%3$s"
        encoding = "json"
        live_period = "1s"
        """
            .formatted(dir, gpsd.port(), broker.uri(), id));
    return ChildProcess.start(
        dir,
        Program.ENV,
        "LD_PRELOAD=/usr/$LIB/faketime/libfaketimeMT.so.1",
        "FAKETIME=" + wrong,
        "FAKETIME_DONT_FAKE_MONOTONIC=1",
        "FAKETIME_FORCE_MONOTONIC_FIX=0", // else each timed wait of the JVM spins (libfaketime
        // 0.9.10)
        Program.STREETBOX.executable(),
        "run",
        "--config",
        config.toString());
  }
}
