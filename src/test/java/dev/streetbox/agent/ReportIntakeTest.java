package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.config.KnownDrivers;
import dev.streetbox.measure.Faults;
import dev.streetbox.outbox.Event;
import dev.streetbox.panel.Gesture;
import dev.streetbox.panel.PressRecognizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportIntakeTest {
  @TempDir private Path folder;
  private final ScriptedTime time = new ScriptedTime();
  private final Faults faults = new Faults();
  private final RecordedPublication publication = new RecordedPublication();
  private Config config;
  private ReportIntake intake;

  /** Publishes what its limit allows. */
  private static final class RecordedPublication implements ReportIntake.Publication {
    private final List<HeldReports.Report> published = new ArrayList<>();
    private final List<String> cancelled = new ArrayList<>();
    private long limitMs = Long.MAX_VALUE;
    private boolean takesOdours = true;

    @Override
    public long publishableMs() {
      return limitMs;
    }

    @Override
    public void publish(HeldReports.Report report) {
      published.add(report);
    }

    @Override
    public boolean cancel(long sinceMs, long tickMs) {
      cancelled.add(sinceMs + " " + tickMs);
      return published.removeIf(report -> report.tickMs() >= sinceMs);
    }

    @Override
    public boolean takesOdours() {
      return takesOdours;
    }
  }

  @BeforeEach
  void makeIntake() throws Exception {
    time.pass(Duration.ofSeconds(100));
    restart("");
  }

  private void restart(String report) throws Exception {
    config = KnownDrivers.text("[gnss]\nsource = \"none\"\n[report]\n" + report, folder);
    intake = new ReportIntake(config, publication, time, faults);
  }

  private boolean gesture(Gesture gesture, long tickMs) {
    return intake.onPress(new PressRecognizer.Press(gesture, tickMs));
  }

  private static HeldReports.Report made(long tickMs, Event.Kind kind) {
    return new HeldReports.Report(tickMs, kind, "", "");
  }

  @Test
  void aPressIsAReportOfItsOwnTimeAndADoublePressAnOdour() {
    assertFalse(gesture(Gesture.PRESS, 99_000));
    assertTrue(gesture(Gesture.DOUBLE_PRESS, 99_500));
    assertEquals(
        List.of(made(99_000, Event.Kind.REPORT), made(99_500, Event.Kind.ODOUR)),
        publication.published);
  }

  @Test
  void theMeaningsAreSettings() throws Exception {
    restart("press = \"none\"\ndouble_press = \"report\"\n");
    gesture(Gesture.PRESS, 99_000);
    gesture(Gesture.DOUBLE_PRESS, 99_500);
    assertEquals(List.of(made(99_500, Event.Kind.REPORT)), publication.published);
  }

  @Test
  void aHoldTakesAReportBackWithinAMinuteAndElseDoesNothing() {
    gesture(Gesture.PRESS, 99_000);
    assertFalse(gesture(Gesture.HOLD, 159_001));
    assertTrue(gesture(Gesture.HOLD, 159_000));
    assertFalse(gesture(Gesture.HOLD, 159_000), "there is no report any more");
    assertEquals(List.of(), publication.published);
    assertEquals("99001 159001", publication.cancelled.get(0));
  }

  @Test
  void aReportThatWaitsIsKeptOnTheDiskAndPublishedLater() throws Exception {
    publication.limitMs = -1;
    gesture(Gesture.PRESS, 99_000);
    assertEquals(List.of(), publication.published);
    assertEquals(1, intake.waiting().size());
    assertEquals("\n", Files.readString(config.store().dataDir().resolve("reports")));
    publication.limitMs = Long.MAX_VALUE;
    intake.cycle(List.of());
    assertEquals(List.of(made(99_000, Event.Kind.REPORT)), publication.published);
    assertEquals("", Files.readString(config.store().dataDir().resolve("reports")));
  }

  @Test
  void aReportThatWaitsIsTakenBackWithoutATrace() throws Exception {
    publication.limitMs = -1;
    gesture(Gesture.PRESS, 99_000);
    assertTrue(gesture(Gesture.HOLD, 103_000));
    assertEquals(List.of(), intake.waiting());
    assertEquals("", Files.readString(config.store().dataDir().resolve("reports")));
    assertEquals(List.of(), publication.cancelled);
  }

  @Test
  void withinAZoneThereIsNoOdourAndNoTamperEvent() throws Exception {
    publication.limitMs = -1;
    publication.takesOdours = false;
    assertFalse(gesture(Gesture.DOUBLE_PRESS, 99_000));
    intake.add(99_000, Event.Kind.TAMPER);
    restart("");
    publication.limitMs = Long.MAX_VALUE;
    intake.cycle(List.of());
    assertEquals(List.of(), publication.published);
  }

  @Test
  void aReportOfThePromptHasItsReference() throws Exception {
    intake.cycle(List.of(new ReportFolder.Submission("4711", "ice")));
    assertEquals(
        List.of(new HeldReports.Report(100_000, Event.Kind.REPORT, "ice", "4711")),
        publication.published);
  }
}
