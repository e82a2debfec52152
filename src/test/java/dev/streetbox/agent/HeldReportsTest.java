package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.datadir.Disk;
import dev.streetbox.datadir.UnansweredException;
import dev.streetbox.measure.Faults;
import dev.streetbox.outbox.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldReportsTest {
  @TempDir Path dir;

  private final ScriptedTime time = new ScriptedTime();
  private final Faults faults = new Faults();

  private HeldReports open() {
    return new HeldReports(dir, time, faults);
  }

  @Test
  void aReportIsTakenOnceItsTickIsReached() {
    HeldReports reports = open();
    time.pass(Duration.ofSeconds(5));
    reports.add("a hole");
    assertEquals(List.of(), reports.takeUntil(4_999));
    assertEquals(List.of(new HeldReports.Report(5_000, "a hole")), reports.takeUntil(5_000));
    assertEquals(List.of(), reports.takeUntil(9_000));
  }

  @Test
  void whatWaitsSurvivesARestartWithoutItsTime() {
    HeldReports reports = open();
    time.pass(Duration.ofSeconds(5));
    reports.add("a hole");
    reports.add("");
    reports.add("déjà");
    reports.save();
    assertEquals(
        List.of(
            new HeldReports.Report(0, "a hole"),
            new HeldReports.Report(0, ""),
            new HeldReports.Report(0, "déjà")),
        open().takeUntil(0));
  }

  @Test
  void whatWasTakenIsForgottenByTheNextSave() throws IOException {
    HeldReports reports = open();
    reports.add("a hole");
    reports.save();
    reports.takeUntil(0);
    reports.save();
    assertEquals("", Files.readString(dir.resolve("reports")));
    assertEquals(List.of(), faults.list());
  }

  @Test
  void aFileThatCannotBeReadOrWrittenIsAFaultAndReportsStayInMemory() throws IOException {
    Files.createDirectories(dir.resolve("reports/x"));
    HeldReports reports = open();
    reports.add("a hole");
    reports.save();
    assertEquals(2, faults.list().size(), faults.list().toString());
    assertEquals(1, reports.takeUntil(0).size());
  }

  @Test
  void reportsOnADiskThatDidNotAnswerAreKeptAndComeFirstWhenItAnswers() throws Exception {
    Files.writeString(dir.resolve("reports"), "earlier\n");
    SwitchedDisk disk = new SwitchedDisk();
    HeldReports held = new HeldReports(dir, disk, time, faults);
    held.add("new");
    held.save();
    assertEquals("earlier\n", Files.readString(dir.resolve("reports")));
    assertTrue(faults.list().get(0).text().contains("the disk does not answer"));
    disk.answers = true;
    held.save();
    assertEquals("earlier\nnew\n", Files.readString(dir.resolve("reports")));
    assertEquals(
        List.of("earlier", "new"),
        held.takeUntil(time.tickMs()).stream().map(HeldReports.Report::text).toList());
  }

  /** Answers from the moment at which the test says so. */
  private static final class SwitchedDisk implements Disk {
    private boolean answers;

    @Override
    public <T> T call(Work<T> work) throws IOException {
      if (!answers) {
        throw new UnansweredException();
      }
      return work.run();
    }
  }

  @Test
  void onlyHazardsSurviveARestart() {
    HeldReports reports = open();
    reports.add(new HeldReports.Report(5, Event.Kind.ODOUR, "", ""));
    reports.add(new HeldReports.Report(6, Event.Kind.REPORT, "a hole", "ref"));
    reports.add(new HeldReports.Report(7, Event.Kind.TAMPER, "", ""));
    assertEquals(1, reports.hazards().size());
    reports.save();
    assertEquals(List.of(new HeldReports.Report(0, "a hole")), open().takeUntil(9));
  }

  @Test
  void theNewestReportSinceATickIsTakenBack() {
    HeldReports reports = open();
    assertFalse(reports.removeNewest(0));
    reports.add(new HeldReports.Report(1_000, "first"));
    reports.add(new HeldReports.Report(2_000, "second"));
    reports.add(new HeldReports.Report(2_500, Event.Kind.ODOUR, "", ""));
    assertFalse(reports.removeNewest(2_001));
    assertTrue(reports.removeNewest(2_000));
    assertEquals(List.of(new HeldReports.Report(1_000, "first")), reports.hazards());
  }

  @Test
  void aReportOfAnEarlierStartIsNotTakenBack() {
    HeldReports reports = open();
    reports.add("a hole");
    reports.save();
    assertFalse(open().removeNewest(0));
  }
}
