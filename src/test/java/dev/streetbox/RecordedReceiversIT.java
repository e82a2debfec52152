package dev.streetbox;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Mosquitto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs one box while the real gpsd plays one receiver's log after the other: the project's own log,
 * and every {@code *.log} with a {@code .log.chk} in the folder that system property {@code
 * streetbox.gpsd.logs} names (meant for gpsd's regression logs).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedReceiversIT {
  /**
   * Tolerance of a coordinate, °: a row resolves 1e-6, and two gpsd versions may round differently.
   */
  private static final double TOLERANCE = 2e-6;

  private static final int ROWS_WITHOUT_FIX = 5;

  /** Matches a fix with or without a time, because newer gpsd versions split a report into two. */
  private static final Pattern FIX =
      Pattern.compile(
          "^\\{\"class\":\"TPV\",.*\"mode\":[23],.*" + "\"lat\":(-?[\\d.]+),\"lon\":(-?[\\d.]+)");

  private record Position(double lat, double lon) {
    boolean isAt(Position other) {
      return Math.abs(lat - other.lat) < TOLERANCE && Math.abs(lon - other.lon) < TOLERANCE;
    }
  }

  private Path dir;
  private Mosquitto broker;
  private Gpsfake gpsd;
  private ChildProcess observer;
  private ChildProcess box;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    dir = temporary;
    broker = Mosquitto.started(Files.createDirectory(dir.resolve("broker")));
    gpsd = new Gpsfake(dir, Mosquitto.freePort());
    observer =
        ChildProcess.start(
            dir,
            Program.MOSQUITTO_SUB,
            "-V",
            "mqttv5",
            "-h",
            "127.0.0.1",
            "-p",
            "" + broker.port(),
            "-q",
            "1",
            "-t",
            "streetbox/v1/sb-gnss/+");
    Path config =
        Files.writeString(
            dir.resolve("streetbox.toml"),
            """
            [box]
            id = "sb-gnss"
            data_dir = "%1$s/data"
            run_dir = "%1$s/run"
            [gnss]
            source = "gpsd"
            address = "127.0.0.1:%2$d"
            [mqtt]
            broker = "%3$s"
            encoding = "json"
            live_period = "1s"
            [time]
            hold = "0s"
            """
                .formatted(dir, gpsd.port(), broker.uri()));
    box = ChildProcess.start(dir, Program.STREETBOX, "run", "--config", config.toString());
  }

  @AfterAll
  void stop() {
    box.close();
    observer.close();
    gpsd.close();
    broker.close();
  }

  List<Path> logs() throws IOException {
    List<Path> logs = new ArrayList<>();
    logs.add(
        Files.writeString(
            dir.resolve("own.log"), NmeaLog.text(600, "241126"), StandardCharsets.US_ASCII));
    String folder = System.getProperty("streetbox.gpsd.logs", "");
    if (!folder.isEmpty()) {
      try (DirectoryStream<Path> recorded = Files.newDirectoryStream(Path.of(folder), "*.log")) {
        recorded.forEach(logs::add);
      }
    }
    Collections.sort(logs);
    return logs;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("logs")
  void everyPositionIsOneOfTheLog(Path log) throws IOException {
    List<Position> known = positions(log);
    Set<String> before = keys();
    gpsd.play(log, 0.1);
    if (known.isEmpty()) {
      Eventually.holds("rows", () -> after(before).size() >= ROWS_WITHOUT_FIX);
    } else {
      Eventually.holds(
          "a position of " + log + "; standard error of the box: " + box.errors(),
          () -> after(before).stream().anyMatch(RecordedReceiversIT::isPlaced));
    }
    gpsd.stop();
    Set<String> playing = keys();
    Eventually.holds(
        "a row without a fix", () -> after(playing).stream().anyMatch(row -> !isPlaced(row)));
    for (SentRow row : after(before)) {
      assertTrue(
          !isPlaced(row) || known.stream().anyMatch(position(row)::isAt),
          () -> row + " is not of " + log);
    }
  }

  private List<Position> positions(Path log) throws IOException {
    if (log.getParent().equals(dir)) {
      return IntStream.range(0, 600)
          .mapToObj(
              s ->
                  new Position(
                      Double.parseDouble(NmeaLog.lat(s)), Double.parseDouble(NmeaLog.lon(s))))
          .toList();
    }
    List<Position> positions = new ArrayList<>();
    Path check = Path.of(log + ".chk");
    for (String line : Files.readAllLines(check, StandardCharsets.ISO_8859_1)) {
      Matcher fix = FIX.matcher(line);
      if (fix.find()) {
        positions.add(
            new Position(Double.parseDouble(fix.group(1)), Double.parseDouble(fix.group(2))));
      }
    }
    return positions;
  }

  private static boolean isPlaced(SentRow row) {
    return row.fields().containsKey("lat");
  }

  private static Position position(SentRow row) {
    return new Position(
        Double.parseDouble(row.fields().get("lat")), Double.parseDouble(row.fields().get("lon")));
  }

  private Set<String> keys() throws IOException {
    Set<String> keys = new HashSet<>();
    SentRow.in(observer.lines()).forEach(row -> keys.add(row.key()));
    return keys;
  }

  private List<SentRow> after(Set<String> before) throws IOException {
    return SentRow.in(observer.lines()).stream()
        .filter(row -> !before.contains(row.key()))
        .toList();
  }
}
