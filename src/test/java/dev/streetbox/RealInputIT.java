package dev.streetbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.Pty;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Mosquitto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the installed program with recorded PMS5003 frames on a pseudo terminal, the real gpsd
 * behind gpsfake and a real Mosquitto, and checks the rows that mosquitto_sub receives.
 */
class RealInputIT {
  /**
   * Frames captured from a PMSx003, with the row fields of the decoded values in the recording:
   * PM1, PM2.5, PM10 (atmospheric) and the counts above 0.3, 0.5, 1, 2.5, 5 µm per cm³
   * (avaldebe/PyPMS, tests/captured_data/PMSx003).
   */
  private static final Map<String, List<String>> RECORDED =
      Map.of(
          "424d001c00000008000800000008000800d20046002d001e00000000970002c5",
          List.of("0", "8", "8", "2.1", "0.7", "0.45", "0.3", "0"),
          "424d001c00000007000700000007000700bd003f002a001b000000009700029f",
          List.of("0", "7", "7", "1.89", "0.63", "0.42", "0.27", "0"),
          "424d001c00000007000700000007000700b4003c00270018000000009700028d",
          List.of("0", "7", "7", "1.8", "0.6", "0.39", "0.24", "0"),
          "424d001c00000006000600000006000600b4003c001d0015000000009700027c",
          List.of("0", "6", "6", "1.8", "0.6", "0.29", "0.21", "0"),
          "424d001c000000060006000000060006009f0035001a0012000000009700025a",
          List.of("0", "6", "6", "1.59", "0.53", "0.26", "0.18", "0"));

  private static final String[] PM_KEYS = {
    "pm1_ugm3", "pm25_ugm3", "pm10_ugm3", "nc03_cm3", "nc05_cm3", "nc1_cm3", "nc25_cm3", "nc5_cm3"
  };

  private static final long PACE_MS = 1_000;
  private static final int LOG_SECONDS = 600;

  @TempDir Path dir;

  private final SystemTime time = new SystemTime();
  private final List<String> frames = List.copyOf(RECORDED.keySet());
  private Mosquitto broker;
  private Pty line;
  private Gpsfake gpsd;
  private Path log;
  private ChildProcess observer;
  private ChildProcess box;
  private long played;

  @BeforeEach
  void start() throws IOException {
    broker = Mosquitto.started(Files.createDirectory(dir.resolve("broker")));
    plugIn();
    log = Files.writeString(dir.resolve("ride.nmea"), NmeaLog.text(LOG_SECONDS, "241126"));
    gpsd = new Gpsfake(dir, Mosquitto.freePort());
    gpsd.play(log, 0.5);
    observer = subscriber("streetbox/v1/sb-real/#");
    box = startBox();
  }

  @AfterEach
  void stop() throws IOException {
    box.close();
    observer.close();
    gpsd.close();
    line.close();
    broker.close();
  }

  @Test
  void everyRowHasExactlyTheRecordedValues() throws IOException {
    awaitGoodRows("first rows");

    line.send(HexFormat.of().parseHex("00ff42424d0100424d4242"));
    awaitGoodRows("rows after garbage between frames");

    line.send(HexFormat.of().parseHex(frames.get(0).substring(0, 30)));
    awaitGoodRows("rows after a torn frame");

    line.send(
        HexFormat.of().parseHex(frames.get(0).replace("02c5", "02c6").replace("0008", "0009")));
    awaitGoodRows("rows after a wrong checksum");

    line.close();
    awaitRow(
        "a row without PM while the line is hung up", row -> !row.fields().containsKey("pm1_ugm3"));
    plugIn();
    awaitGoodRows("rows after the line is back");

    gpsd.stop();
    awaitRow("a row without a fix while gpsd is down", row -> !row.fields().containsKey("lat"));
    gpsd.play(log, 0.5);
    awaitGoodRows("rows after gpsd is back");

    broker.kill();
    broker.start();
    awaitGoodRows("rows after Mosquitto is back");

    assertEveryRowIsRecorded();
  }

  @Test
  void aTerminatedBoxPublishesOfflineAndAKilledOneContinuesWithANewBoot() throws IOException {
    awaitGoodRows("first rows");
    String status = status();
    assertTrue(status.contains("\"state\":\"online\"") && status.contains("pm25_ugm3"), status);
    assertEquals(0, box.terminate(10), box.errors());
    assertTrue(state().contains("\"offline\""), state());

    box = startBox();
    awaitRow("a row of the second boot", row -> row.boot() == 2);
    awaitGoodRows("rows of the second boot");
    assertTrue(state().contains("\"online\""), state());
    box.kill();

    box = startBox();
    awaitRow("a row of the third boot", row -> row.boot() == 3);
    assertEquals(0, box.terminate(10), box.errors());
    assertEveryRowIsRecorded();
  }

  @Test
  void aReceiverWithoutSkyTakesNoPlaceAwayAndARepeatedEpochIsNoPlace() throws IOException {
    awaitGoodRows("rows of one receiver");
    gpsd.stop();
    awaitRow("a row without a fix while gpsd is down", row -> !row.fields().containsKey("lat"));
    Path noSky =
        Files.writeString(dir.resolve("nosky.nmea"), NmeaLog.withoutSky(LOG_SECONDS, "241126"));
    gpsd.play(0.25, noSky, log);
    awaitGoodRows("rows of two receivers");
    int before = SentRow.in(observer.lines()).size();
    Eventually.holds("20 more rows", () -> SentRow.in(observer.lines()).size() >= before + 20);
    List<SentRow> rows = SentRow.in(observer.lines()).stream().skip(before).toList();
    long placed = rows.stream().filter(row -> row.fields().containsKey("lat")).count();
    assertTrue(placed >= rows.size() - 2, placed + " of " + rows.size() + " rows have a place");
    assertTrue(status().contains("\"others\":\""), status());

    gpsd.stop();
    gpsd.play(0.5, Files.writeString(dir.resolve("same.nmea"), NmeaLog.text(1, "241126")));
    Eventually.holds("the repetition is told", () -> status().contains("repeats one epoch"));
    int repeated = SentRow.in(observer.lines()).size();
    Eventually.holds("5 more rows", () -> SentRow.in(observer.lines()).size() >= repeated + 5);
    SentRow.in(observer.lines()).stream()
        .skip(repeated)
        .forEach(row -> assertTrue(!row.fields().containsKey("lat"), row.toString()));
  }

  private ChildProcess subscriber(String topic, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("-V", "mqttv5", "-h", "127.0.0.1", "-p", "" + broker.port()));
    command.addAll(List.of("-q", "1", "-t", topic));
    command.addAll(List.of(more));
    return ChildProcess.start(dir, Program.MOSQUITTO_SUB, command.toArray(String[]::new));
  }

  private String state() throws IOException {
    try (ChildProcess once = subscriber("streetbox/v1/sb-real/state", "-C", "1")) {
      once.await(30);
      return String.join("", once.lines());
    }
  }

  private String status() throws IOException {
    try (ChildProcess once =
        ChildProcess.start(
            dir, Program.STREETBOX, "status", "--json", "--config", dir + "/streetbox.toml")) {
      assertEquals(0, once.await(30), once.errors());
      return String.join("", once.lines());
    }
  }

  private void plugIn() throws IOException {
    line = new Pty(dir.resolve("ttyPM"), false);
  }

  private ChildProcess startBox() throws IOException {
    Path config = dir.resolve("streetbox.toml");
    Files.writeString(
        config,
        """
        [box]
        id = "sb-real"
        data_dir = "%1$s/data"
        run_dir = "%1$s/run"
        [[sensor]]
        name = "pm"
        driver = "pms5003"
        port = "%1$s/ttyPM"
        [gnss]
        source = "gpsd"
        address = "127.0.0.1:%2$d"
        [store]
        commit_period = "1s"
        [mqtt]
        broker = "%3$s"
        encoding = "json"
        live_period = "1s"
        """
            .formatted(dir, gpsd.port(), broker.uri()));
    return ChildProcess.start(dir, Program.STREETBOX, "run", "--config", config.toString());
  }

  private void awaitGoodRows(String what) throws IOException {
    awaitRow(what, row -> row.fields().containsKey("pm1_ugm3") && row.fields().containsKey("lat"));
  }

  /** Waits for a new row that fulfils the condition. */
  private void awaitRow(String what, Predicate<SentRow> wanted) throws IOException {
    Set<String> before = keys();
    try {
      Eventually.holds(
          what,
          () -> {
            playFrames();
            return SentRow.in(observer.lines()).stream()
                .anyMatch(row -> !before.contains(row.key()) && wanted.test(row));
          });
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; standard error of the box:\n" + box.errors(), e);
    }
  }

  /** Sends the next recorded frame if a second has passed since the last one. */
  private void playFrames() throws IOException {
    if (time.tickMs() >= played * PACE_MS && line.isUp()) {
      line.send(HexFormat.of().parseHex(frames.get((int) (played % frames.size()))));
    }
    played = Math.max(played, time.tickMs() / PACE_MS + 1);
  }

  private Set<String> keys() throws IOException {
    return SentRow.in(observer.lines()).stream().map(SentRow::key).collect(Collectors.toSet());
  }

  private void assertEveryRowIsRecorded() throws IOException {
    Set<List<String>> positions =
        IntStream.range(0, LOG_SECONDS)
            .mapToObj(second -> List.of(NmeaLog.lat(second), NmeaLog.lon(second)))
            .collect(Collectors.toSet());
    Map<String, SentRow> seen = new HashMap<>();
    Set<List<String>> values = new HashSet<>();
    for (SentRow row : SentRow.in(observer.lines())) {
      SentRow twin = seen.put(row.key(), row);
      assertTrue(twin == null || twin.equals(row), "two rows share a key: " + twin + " " + row);
      if (row.fields().containsKey("pm1_ugm3")) {
        values.add(row.values(PM_KEYS));
      }
      if (row.fields().containsKey("lat")) {
        assertTrue(positions.contains(row.values("lat", "lon")), row.toString());
      }
    }
    assertTrue(RECORDED.values().containsAll(values), values.toString());
    assertTrue(values.size() > 1, "rows show only one of the recorded frames: " + values);
  }
}
