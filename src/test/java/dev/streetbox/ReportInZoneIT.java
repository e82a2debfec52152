package dev.streetbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.JsonTree;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Mosquitto;
import dev.streetbox.mqtt.MosquittoSub;
import dev.streetbox.simulate.GroundTruth;
import dev.streetbox.simulate.Ride;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Presses the button of the installed program within a privacy zone, in which its simulated ride
 * begins, and follows the report to a real Mosquitto.
 */
class ReportInZoneIT {
  private static final int SEED = 1;
  private static final int SPEED = 5;

  @TempDir private Path dir;

  private Mosquitto broker;
  private MosquittoSub messages;
  private ChildProcess box;
  private final List<MosquittoSub.Message> seen = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    broker = Mosquitto.started(Files.createDirectory(dir.resolve("broker")));
    messages = new MosquittoSub(broker, "streetbox/v1/#");
  }

  @AfterEach
  void stop() throws IOException {
    box.close();
    messages.close();
    broker.close();
  }

  private void startBox(String inZone, int radiusM) throws IOException {
    GroundTruth.Place start = new Ride(SEED).at(0).place();
    Path scenario =
        Files.writeString(
            dir.resolve("scenario.txt"),
            """
            at 8s lid open
            at 10s button press
            at 11s lid close
            at 20s button double_press
            """);
    Path config =
        Files.writeString(
            dir.resolve("streetbox.toml"),
            """
            [box]
            id = "sb-1"
            data_dir = "%1$s/data"
            run_dir = "%1$s/run"
            [[sensor]]
            driver = "sht4x"
            bus = "sim"
            [gnss]
            source = "sim"
            [mqtt]
            broker = "%2$s"
            encoding = "json"
            [[privacy.zone]]
            name = "home"
            lat = %3$s
            lon = %4$s
            radius_m = %5$d
            [report]
            in_zone = "%6$s"
            [tamper]
            gpio = 5
            [simulate]
            speed = %7$d
            seed = %8$d
            scenario = "%9$s"
            """
                .formatted(
                    dir,
                    broker.uri(),
                    start.latDeg(),
                    start.lonDeg(),
                    radiusM,
                    inZone,
                    SPEED,
                    SEED,
                    scenario));
    box = ChildProcess.start(dir, Program.STREETBOX, "run", "--config", config.toString());
  }

  private List<MosquittoSub.Message> seen(String topic) throws IOException {
    seen.addAll(messages.arrived());
    return seen.stream().filter(one -> one.topic().endsWith("/" + topic)).toList();
  }

  /**
   * Returns the events that arrived but those that correct the time of rows: a busy machine makes
   * one if the box stands still between a row and its first fix.
   */
  private List<String> events() throws IOException {
    return seen("event").stream()
        .map(MosquittoSub.Message::payload)
        .filter(one -> !one.contains("\"kind\":\"time\""))
        .toList();
  }

  private JsonTree status() throws IOException {
    try {
      return JsonTree.parse(Files.readString(dir.resolve("run/status.json")));
    } catch (NoSuchFileException e) {
      return JsonTree.parse("{}"); // between two boots
    }
  }

  private static Optional<String> newest(JsonTree status, String field) {
    return status.children("reports").stream().findFirst().flatMap(one -> one.string(field));
  }

  private static boolean lampShows(JsonTree status, String pattern) {
    return status.child("lamp").text("pattern").equals(Optional.of(pattern));
  }

  /** Returns the report, after it has checked that it tells no place. */
  private JsonTree report() throws IOException {
    assertEquals(1, events().size(), () -> "neither an odour nor a tamper event: " + seen);
    String text = events().get(0);
    JsonTree report = JsonTree.parse(text);
    assertEquals("report", report.string("kind").orElseThrow());
    for (String field : List.of("lat", "lon", "rows", "fix_age_s")) {
      assertFalse(text.contains("\"" + field + "\""), text);
    }
    return report;
  }

  @Test
  void aReportIsKeptUntilTheBoxIsOutsideAndHasTheTimeOfLeaving() throws IOException {
    startBox("keep", 60);
    JsonTree dark =
        Eventually.get(
            "a kept report, which the lamp shows; " + box.errors(),
            () -> Optional.of(status()).filter(one -> lampShows(one, "kept")));
    assertTrue(dark.isTrue("dark"));
    assertEquals(Optional.of("kept"), newest(dark, "status"));
    assertEquals(Optional.empty(), newest(dark, "id"), "no boot, so no id");
    assertEquals(List.of(), events());
    assertEquals("\n", Files.readString(dir.resolve("data/reports")), "it is on the disk");

    Eventually.holds("the report outside; " + box.errors(), () -> !events().isEmpty());
    Eventually.holds("rows; " + box.errors(), () -> !seen("live").isEmpty());
    JsonTree report = report();
    JsonTree live = JsonTree.parse(seen("live").get(0).payload());
    double firstRowMs = live.children("rows").get(0).number("t").orElseThrow();
    assertEquals(live.number("boot"), report.number("boot"));
    double t = report.number("t").orElseThrow();
    assertTrue(t > dark.number("t").orElseThrow(), "not the time of the press");
    assertEquals(firstRowMs, t, 120_000, "the time of leaving");
    Eventually.holds(
        "a report that is sent", () -> newest(status(), "status").equals(Optional.of("sent")));
    assertEquals("", Files.readString(dir.resolve("data/reports")));
  }

  @Test
  void aReportIsSentAtOnceWithoutAPlaceIfTheSettingAllowsIt() throws IOException {
    startBox("send", 10_000);
    Eventually.holds("the report; " + box.errors(), () -> !events().isEmpty());
    JsonTree report = report();
    Eventually.holds(
        "the dark again, where the lamp shows the report; " + box.errors(),
        () -> status().isTrue("dark") && lampShows(status(), "sent"));
    assertEquals(report.string("id"), newest(status(), "id"));
    assertEquals(Optional.of("sent"), newest(status(), "status"));
    assertEquals(List.of(), seen("live"));
    assertEquals(List.of(), seen("backlog"));
    assertTrue(
        seen("state").get(seen("state").size() - 1).payload().contains("offline"),
        "the box is dark again");
    assertEquals(1, events().size());
  }
}
