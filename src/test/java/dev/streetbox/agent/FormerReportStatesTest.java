package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.config.KnownDrivers;
import dev.streetbox.measure.Faults;
import dev.streetbox.outbox.Event;
import dev.streetbox.report.ReportStates;
import dev.streetbox.report.ReportStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restarts boxes, and upgrades them from a version with a second file of reports' states. */
class FormerReportStatesTest {
  private static final String FORMER =
      "{\"list\":[{\"id\":\"sb-1-4-2\",\"status\":\"received\",\"made\":5,\"changed\":6,\"cancelled\":true}]}";
  private static final ReportStates.Entry ENTRY =
      new ReportStates.Entry("sb-1-4-2", ReportStatus.RECEIVED, 5, 6, true, "");

  @TempDir private Path folder;

  private Path data(String file) {
    return folder.resolve("data").resolve(file);
  }

  private void writeFormer(String text) throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(data("reports-states"), text);
  }

  private WiredBox wire() throws Exception {
    ScriptedTime time = new ScriptedTime();
    return WiredBox.wire(KnownDrivers.simulatedText("", "", folder), time, time, new Faults());
  }

  private List<ReportStates.Entry> inTheDark() {
    ReportStates states = new ReportStates(() -> 7);
    FormerReportStates.readAll(folder.resolve("data"), new TimedDisk(TimedDisk.PATIENCE), states);
    return states.list();
  }

  @Test
  void theFormerFileIsTakenOverAndDeleted() throws Exception {
    writeFormer(FORMER);
    assertEquals(List.of(ENTRY), inTheDark());
    assertEquals(List.of(ENTRY), wire().reportStates().list());
    assertFalse(Files.exists(data("reports-states")));
    assertTrue(Files.readString(data("commands")).contains("sb-1-4-2"));
    assertEquals(List.of(ENTRY), wire().reportStates().list());
    assertEquals(List.of(ENTRY), inTheDark());
  }

  @Test
  void aFormerFileThatIsNoneIsDeletedAndChangesNothing() throws Exception {
    writeFormer("[]");
    assertEquals(List.of(), wire().reportStates().list());
    assertFalse(Files.exists(data("reports-states")));
  }

  @Test
  void theFormerFileStaysWhileTheOtherCannotBeWritten() throws Exception {
    writeFormer(FORMER);
    Files.createDirectories(data("commands/in the way"));
    assertEquals(List.of(ENTRY), wire().reportStates().list());
    assertTrue(Files.exists(data("reports-states")));
  }

  @Test
  void withoutAnyFileThereAreNoStates() throws Exception {
    assertEquals(List.of(), inTheDark());
    assertEquals(List.of(), wire().reportStates().list());
  }

  @Test
  void aReportOfTheStoreIsKeptAlthoughTheProcessEndedBeforeItsStateWasSaved() throws Exception {
    PanelBox killed = new PanelBox(folder, false, "at 5s button press\n");
    Event report = killed.panelUntilReport();
    String id = killed.wired().names().eventId(report);
    killed.wired().committer().close();
    PanelBox next = new PanelBox(folder, false, "");
    next.reports().cycle(List.of());
    assertEquals(id, next.wired().reportStates().list().get(0).id());
    assertEquals(ReportStatus.KEPT, next.wired().reportStates().list().get(0).status());
    next.wired().commands().work();
    assertEquals(id, inTheDark().get(0).id());
  }
}
