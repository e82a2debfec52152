package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.ChildProcess;
import dev.streetbox.Program;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.config.KnownDrivers;
import dev.streetbox.datadir.Disk;
import dev.streetbox.datadir.UnansweredException;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Faults.Fault;
import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.report.ReportStates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the wiring of a box without its threads, and the content of {@code status.json}. */
class WiredBoxTest {
  private static final String SENSOR =
      "[[sensor]]\nname = \"air\"\ndriver = \"sht4x\"\nbus = \"sim\"\n";
  private static final String ZONE =
      "[[privacy.zone]]\nname = \"home\"\nlat = 52.5\nlon = 13.4\nradius_m = 300\n";
  private static final String DAILY = "[privacy]\npseudonym = \"daily\"\n";

  @TempDir private Path folder;
  private final ScriptedTime time = new ScriptedTime();
  private final Faults faults = new Faults();

  private WiredBox wire(String more) throws Exception {
    return WiredBox.wire(KnownDrivers.simulatedText(SENSOR + more, "", folder), time, time, faults);
  }

  private void writeData(String name, String text) throws Exception {
    Files.writeString(Files.createDirectories(folder.resolve("data")).resolve(name), text);
  }

  private BoxReports reports(WiredBox box) {
    return new BoxReports(
        box.config(),
        box.hardware(),
        box.names(),
        new ReportStates(() -> time.systemClock().toEpochMilli()),
        () -> {},
        tracker -> new NoPublication(),
        time,
        faults);
  }

  private JsonTree status(WiredBox box) throws Exception {
    return JsonTree.parse(JsonText.object(new StatusJson(box, reports(box), time, faults)::write));
  }

  private List<String> places() {
    return faults.list().stream().map(Fault::place).sorted().toList();
  }

  @Test
  void eachWiringTakesTheNextBootNumber() throws Exception {
    assertEquals(1, wire("").outbox().boot());
    assertEquals(2, wire("").outbox().boot());
    assertEquals(List.of(), faults.list());
  }

  @Test
  void aDamagedCalibrationIsAFaultAndTheBoxMeasuresUncorrected() throws Exception {
    writeData("calibration.json", "{");
    assertTrue(wire("").calibration().isEmpty());
    assertEquals(List.of("calibration"), places());
  }

  @Test
  void aDamagedSecretIsAFaultOfZonesAndOfPseudonymsButNotOfABoxWithoutThem() throws Exception {
    writeData("secret", "short\n");
    wire("");
    assertEquals(List.of(), places());
    wire(ZONE);
    assertEquals(List.of("privacy"), places());
    wire(DAILY);
    assertEquals(List.of("privacy", "pseudonym"), places());
    assertEquals("short\n", Files.readString(folder.resolve("data/secret")));
  }

  /** Stands for a disk whose calls hang: each ends without an answer. */
  private static final class SilentDisk implements Disk {
    @Override
    public <T> T call(Work<T> work) throws IOException {
      throw new UnansweredException();
    }
  }

  @Test
  void aDiskThatDoesNotAnswerAtTheStartIsAFaultOfEachFileAndTheBoxStarts() throws Exception {
    WiredBox box =
        WiredBox.wire(
            KnownDrivers.simulatedText(SENSOR + ZONE + DAILY, "", folder),
            time,
            time,
            time,
            new SilentDisk(),
            faults);
    assertTrue(box.outbox().boot() >= 1 << 30, "the number is drawn");
    assertEquals(
        List.of("boot counter", "box ids", "calibration", "privacy", "pseudonym"), places());
    for (Fault fault : faults.list()) {
      assertTrue(fault.text().contains("the disk does not answer"), fault.text());
    }
    try (Stream<Path> files = Files.list(folder.resolve("data"))) {
      assertEquals(List.of(), files.toList());
    }
  }

  /** Opening a FIFO blocks until its other end is opened, as reading a hung disk does. */
  @Test
  @Timeout(120)
  void aBootCounterThatHangsIsAbandonedAndTheOtherFilesAreNotTried() throws Exception {
    Files.createDirectories(folder.resolve("data"));
    Path fifo = folder.resolve("data/boot");
    try (ChildProcess mkfifo = ChildProcess.start(folder, Program.MKFIFO, fifo.toString())) {
      assertEquals(0, mkfifo.await(30), mkfifo.errors());
    }
    WiredBox box =
        WiredBox.wire(
            KnownDrivers.simulatedText(SENSOR, "", folder),
            time,
            time,
            time,
            new TimedDisk(Duration.ofMillis(100)),
            faults);
    assertTrue(box.outbox().boot() >= 1 << 30, "the number is drawn");
    assertTrue(places().contains("boot counter"), places().toString());
    Files.writeString(fifo, "41 38\n"); // ends the wait of the abandoned thread
  }

  @Test
  void theStatusHasEachSensorWithItsOwnReadingsAndFlags() throws Exception {
    WiredBox box = wire("");
    Sample sample = new Sample(Map.of(Quantity.TEMPERATURE, 21.25), Set.of(Quality.OUT_OF_RANGE));
    box.board().post("air", sample, 500, Duration.ofSeconds(3));
    time.pass(Duration.ofSeconds(1));
    JsonTree status = status(box);
    assertEquals("sb-1", status.string("box").orElseThrow());
    JsonTree sensor = status.children("sensors").get(0);
    assertEquals("air", sensor.string("name").orElseThrow());
    assertEquals("21.25", sensor.child("readings").text("temp_c").orElseThrow());
    assertEquals("" + Quality.OUT_OF_RANGE.bit(), sensor.child("readings").text("q").orElseThrow());
    JsonTree reading = status.children("readings").get(0);
    assertEquals("temp_c", reading.string("key").orElseThrow());
    assertEquals(500, reading.number("age_ms").orElseThrow());
  }

  @Test
  void theStatusHasNoPositionOutsideTheRow() throws Exception {
    WiredBox box = wire("");
    Sample position =
        Sample.of(Map.of(Quantity.LAT, 52.123456, Quantity.LON, 13.654321, Quantity.SPEED, 4.5));
    box.board().post(Wiring.GNSS, position, 0, Duration.ofSeconds(3));
    String text = JsonText.object(new StatusJson(box, reports(box), time, faults)::write);
    assertFalse(text.contains("52.12") || text.contains("13.65") || text.contains("4.5"), text);
  }

  @Test
  void theStatusListsFaultsWithTheirCountAndState() throws Exception {
    WiredBox box = wire("");
    faults.raise(Subsystem.SENSOR, "sim/air", "no acknowledge", 10);
    faults.raise(Subsystem.SENSOR, "sim/air", "no acknowledge", 30);
    faults.clear("sim/air");
    JsonTree fault = status(box).children("faults").get(0);
    assertEquals("sensor", fault.string("subsystem").orElseThrow());
    assertEquals(2, fault.number("count").orElseThrow());
    assertEquals(10, fault.number("first_tick_ms").orElseThrow());
    assertEquals(30, fault.number("last_tick_ms").orElseThrow());
    assertFalse(fault.isTrue("active"));
  }
}
