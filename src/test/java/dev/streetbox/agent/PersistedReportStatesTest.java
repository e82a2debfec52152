package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.streetbox.measure.TextFormatException;
import dev.streetbox.report.ReportStates;
import dev.streetbox.report.ReportStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistedReportStatesTest {
  @TempDir private Path folder;
  private final ReportStates states = new ReportStates(() -> 7);
  private final PersistedReportStates persisted = new PersistedReportStates(states);

  @Test
  void withoutAReportThereIsNothingToKeep() {
    assertEquals(Optional.empty(), persisted.text());
  }

  @Test
  void theTextRestoresTheStates() throws IOException {
    states.add("sb-1-4-2", ReportStatus.RECEIVED, "");
    Files.writeString(folder.resolve("reports-states"), persisted.text().orElseThrow());
    ReportStates restored = new ReportStates(() -> 9);
    PersistedReportStates.readOnce(folder, restored);
    assertEquals(
        List.of(new ReportStates.Entry("sb-1-4-2", ReportStatus.RECEIVED, 7, 7, false, "")),
        restored.list());
  }

  @Test
  void aTextOfAnotherKindChangesNothing() {
    states.add("a", ReportStatus.SENT, "");
    assertThrows(TextFormatException.class, () -> persisted.restore("[]"));
    assertEquals(1, states.list().size());
  }

  @Test
  void aMissingFileLeavesTheStatesEmpty() {
    PersistedReportStates.readOnce(folder, states);
    assertEquals(List.of(), states.list());
  }
}
