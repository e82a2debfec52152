package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.SystemTime;
import dev.streetbox.config.KnownDrivers;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.simulate.GroundTruth;
import dev.streetbox.simulate.Ride;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs a box in the dark on a simulated ride, with its threads. */
@Timeout(120)
class DarkBoxTest {
  private static final int SEED = 1;
  private static final int SPEED = 5;
  private static final String RECEIVER = "[gnss]\nsource = \"sim\"\n";
  private static final String NO_RECEIVER = "[gnss]\nsource = \"none\"\n";

  /** A zone in another town than the ride. */
  private static final String FAR = zone(52.5, 13.4);

  @TempDir private Path folder;
  private final Faults faults = new Faults();
  private final ShutdownBarrier end = new ShutdownBarrier();

  @BeforeEach
  void makeFolder() throws Exception {
    Files.createDirectories(folder.resolve("data"));
  }

  private static String zone(double latDeg, double lonDeg) {
    return "[[privacy.zone]]\nname = \"home\"\nlat = %s\nlon = %s\nradius_m = 300\n"
        .formatted(latDeg, lonDeg);
  }

  /** Returns a zone around the ride's beginning. */
  private static String here() {
    GroundTruth.Place start = new Ride(SEED).at(0).place();
    return zone(start.latDeg(), start.lonDeg());
  }

  private Optional<DarkBox> start(String sections) throws Exception {
    String common =
        "[simulate]\nseed = %d\nspeed = %d\n[[sensor]]\ndriver = \"sht4x\"\nbus = \"sim\"\n"
            .formatted(SEED, SPEED);
    SystemTime time = new SystemTime(SPEED);
    SystemTime real = new SystemTime(20); // the status is due every quarter of a second
    return DarkBox.start(KnownDrivers.text(sections + common, folder), time, time, real, faults);
  }

  /** Runs a box until it has written a status with that field, and returns the status. */
  private String statusWith(DarkBox box, String field) throws IOException {
    TimedTask<OptionalInt> run = new TimedTask<>("dark", () -> box.run(end));
    String status = Eventually.get(field + " in the status", () -> statusWith(field));
    end.request();
    assertEquals(OptionalInt.of(ExitCode.DONE), run.await(Duration.ofSeconds(60)).orElseThrow());
    return status;
  }

  private Optional<String> statusWith(String field) throws IOException {
    Path file = folder.resolve("run/status.json");
    return Files.exists(file)
        ? Optional.of(Files.readString(file)).filter(text -> text.contains(field))
        : Optional.empty();
  }

  private void report(String text) throws IOException {
    Path draft = Files.writeString(folder.resolve("run/draft"), text);
    Path unused = Files.move(draft, folder.resolve("run/reports/report-1.txt"));
  }

  private List<String> dataFiles() {
    return List.of(folder.resolve("data").toFile().list());
  }

  @Test
  void aFixFarFromEachZoneEndsTheDark() throws Exception {
    try (DarkBox box = start(RECEIVER + FAR).orElseThrow()) {
      assertEquals(OptionalInt.empty(), box.run(end));
    }
  }

  @Test
  void inTheDarkTheStatusHasNeitherPlaceNorReadingsAndTheDiskNeitherBootNorRow() throws Exception {
    try (DarkBox box = start(RECEIVER + here()).orElseThrow()) {
      String text = statusWith(box, "\"mode\":3");
      JsonTree status = JsonTree.parse(text);
      assertTrue(status.isTrue("dark"));
      assertEquals("dark", status.child("link").string("state").orElseThrow());
      assertEquals(
          List.of(Optional.of("gnss")),
          status.children("sensors").stream().map(sensor -> sensor.string("name")).toList());
      for (String field : List.of("boot", "row", "readings", "store", "lat")) {
        assertFalse(text.contains("\"" + field + "\":"), text);
      }
    }
    assertFalse(
        dataFiles().contains("boot") || dataFiles().contains("outbox.db"), "" + dataFiles());
    assertFalse(Files.exists(folder.resolve("run/status.json")));
  }

  @Test
  void aBoxWithZonesAndWithoutAReceiverSaysThatItStaysDark() throws Exception {
    try (DarkBox box = start(NO_RECEIVER + FAR).orElseThrow()) {
      JsonTree fault = JsonTree.parse(statusWith(box, "\"faults\":[{")).children("faults").get(0);
      assertEquals("privacy", fault.string("subsystem").orElseThrow());
      assertTrue(fault.string("text").orElseThrow().startsWith("[gnss] source is none"), "fault");
    }
  }

  @Test
  void aSecretThatCannotBeReadIsAFaultBecauseTheBoxStaysDark() throws Exception {
    Files.writeString(folder.resolve("data/secret"), "short\n");
    try (DarkBox box = start(RECEIVER + FAR).orElseThrow()) {
      JsonTree status = JsonTree.parse(statusWith(box, "\"mode\":3"));
      String text = status.children("faults").get(0).string("text").orElseThrow();
      assertTrue(text.startsWith("every place counts as hidden"), text);
    }
  }

  @Test
  void aReportInTheDarkIsKeptAndNotSentFromTheZone() throws Exception {
    try (DarkBox box = start(RECEIVER + here()).orElseThrow()) {
      report("a hole");
      JsonTree status = JsonTree.parse(statusWith(box, "\"status\":\"kept\""));
      JsonTree kept = status.children("reports").get(0);
      assertTrue(kept.string("id").isEmpty());
      assertFalse(box.hasReportToSend());
    }
    assertEquals("a hole\n", Files.readString(folder.resolve("data/reports")));
  }

  @Test
  void aReportThatMayBeSentFromTheZoneEndsTheDarkForABootThatSendsIt() throws Exception {
    try (DarkBox box = start(RECEIVER + here() + "[report]\nin_zone = \"send\"\n").orElseThrow()) {
      assertFalse(box.hasReportToSend());
      report("a hole");
      assertEquals(OptionalInt.empty(), box.run(end));
      assertTrue(box.hasReportToSend());
    }
  }

  @Test
  void aSecondBoxIsNotStartedUntilTheFirstIsClosed() throws Exception {
    try (DarkBox first = start(NO_RECEIVER + FAR).orElseThrow()) {
      assertFalse(first.hasReportToSend());
      assertTrue(start(NO_RECEIVER + FAR).isEmpty());
    }
    start(NO_RECEIVER + FAR).orElseThrow().close();
  }
}
