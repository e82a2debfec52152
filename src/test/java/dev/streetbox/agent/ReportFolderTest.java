package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.TextFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFolderTest {
  @TempDir private Path run;
  private Path folder;
  private ReportFolder reports;

  @BeforeEach
  void open() throws IOException {
    folder = run.resolve("reports");
    reports = new ReportFolder(run);
    reports.open();
  }

  private List<String> texts() throws IOException {
    return reports.take().stream().map(ReportFolder.Submission::text).toList();
  }

  @Test
  void aReportIsTakenOnce() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "glass on\nthe cycle path\n");
    assertEquals(List.of("glass on the cycle path"), texts());
    assertEquals(List.of(), texts());
  }

  @Test
  void aLinkInPlaceOfTheFolderIsNeitherEmptiedNorOpened() throws IOException {
    Path elsewhere = Files.createDirectories(run.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("precious"), "precious");
    String before = PosixFilePermissions.toString(Files.getPosixFilePermissions(elsewhere));
    Files.delete(folder);
    Files.createSymbolicLink(folder, elsewhere);
    assertThrows(IOException.class, reports::open);
    assertEquals("precious", Files.readString(elsewhere.resolve("precious")));
    assertEquals(before, PosixFilePermissions.toString(Files.getPosixFilePermissions(elsewhere)));
  }

  @Test
  void aReportControlsNoTerminal() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "\u001b[2Jglass\u009b\u202e 🛵");
    assertEquals(List.of("[2Jglass 🛵"), texts());
  }

  @Test
  void aButtonsReportHasNoText() throws IOException {
    Files.createFile(folder.resolve("a.txt"));
    assertEquals(List.of(""), texts());
  }

  @Test
  void aDraftIsNotTaken() throws IOException {
    Files.writeString(folder.resolve(".report-1"), "hal");
    assertEquals(List.of(), texts());
  }

  @Test
  void aLinkIsNeverFollowed() throws IOException {
    Path secret = Files.writeString(run.resolve("secret"), "of the agent");
    Files.createSymbolicLink(folder.resolve("a.txt"), secret);
    assertThrows(TextFormatException.class, reports::take);
    assertEquals(List.of(), texts());
    assertTrue(Files.exists(secret));
  }

  @Test
  void aFileThatIsTooLongIsRefusedAndTheNextIsTaken() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "x".repeat(4_001));
    assertThrows(TextFormatException.class, reports::take);
    Files.writeString(folder.resolve("b.txt"), "ice");
    assertEquals(List.of("ice"), texts());
  }

  @Test
  void aFolderInPlaceOfAReportIsRefusedOnceAndTheNextReportIsTaken() throws IOException {
    Path nested = Files.createDirectories(folder.resolve("a.txt/b"));
    Files.writeString(nested.resolve("c"), "of somebody");
    IOException refused = assertThrows(TextFormatException.class, reports::take);
    assertEquals(
        "refused a file: a report is a text file of at most 4000 bytes", refused.getMessage());
    Files.writeString(folder.resolve("d.txt"), "ice");
    assertEquals(List.of("ice"), texts());
    assertEquals(List.of(), texts());
    reports.open();
    assertEquals(List.of(), texts());
  }

  @Test
  void manyReportsAreTakenTenAtATime() throws IOException {
    for (int i = 0; i < 25; i++) {
      Files.writeString(folder.resolve(i + ".txt"), "report " + i);
    }
    assertEquals(10, texts().size());
    assertEquals(10, texts().size());
    assertEquals(5, texts().size());
  }

  @Test
  void onlyTheAgentsGroupMaySubmitReports() throws IOException {
    assertEquals("rwx-wx---", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
  }

  @Test
  void aReportOfAnEarlierBootIsDeletedBecauseItHasNoTime() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "long ago");
    reports.open();
    assertEquals(List.of(), texts());
  }

  @Test
  void aReportThatNoAgentTakesIsWithdrawnAfterFiveSeconds() throws IOException {
    ScriptedTime time = new ScriptedTime();
    IOException hung = assertThrows(IOException.class, () -> reports.submit("ice", time));
    assertTrue(hung.getMessage().contains("did not take the report within 5 s"));
    assertTrue(time.tickMs() > 5_000 && time.tickMs() < 5_200);
    assertEquals(List.of(), texts());
  }

  @Test
  void aMissingFolderMeansThatNoAgentRuns() throws IOException {
    Files.delete(folder);
    IOException none =
        assertThrows(IOException.class, () -> reports.submit("ice", new ScriptedTime()));
    assertEquals(
        "there is no " + folder + ": no agent runs. Try: sudo systemctl start streetbox",
        none.getMessage());
    assertFalse(Files.exists(folder));
  }

  @Test
  void aReportBetweenTwoBootsIsTakenByTheNextOneIfThereAreZones() throws IOException {
    Files.writeString(run.resolve("reports/report-1.txt"), "a hole");
    reports.openWithReports();
    assertEquals(List.of("a hole"), texts());
  }
}
