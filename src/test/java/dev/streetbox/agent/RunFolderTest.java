package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.datadir.StatusRequest;
import dev.streetbox.measure.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir private Path runDir;

  private final ScriptedTime time = new ScriptedTime();
  private final Faults faults = new Faults();
  private final AtomicInteger written = new AtomicInteger();
  private RunFolder folder;

  private RunFolder open() {
    folder =
        new RunFolder(
            runDir,
            false,
            json -> json.writeNumberField("n", written.incrementAndGet()),
            time,
            time,
            faults);
    return folder;
  }

  @AfterEach
  void close() throws IOException {
    if (folder != null) {
      folder.close();
    }
  }

  private void seconds(int count) {
    for (int i = 0; i < count; i++) {
      folder.writeStatus();
      time.sleep(Duration.ofSeconds(1));
    }
  }

  @Test
  void withoutARequestTheStatusIsWrittenEveryFiveSeconds() throws IOException {
    open();
    seconds(20);
    assertEquals(4, written.get());
    assertEquals("{\"n\":4}\n", Files.readString(runDir.resolve("status.json")));
  }

  @Test
  void aRequestIsAnsweredAtTheNextRoundAndOnlyOnce() {
    open();
    seconds(2);
    StatusRequest request = new StatusRequest(runDir);
    assertTrue(request.submit());
    seconds(2);
    assertEquals(2, written.get());
    assertFalse(request.isPending());
  }

  @Test
  void aRequestOfBeforeTheStartIsDeletedAndGroupAndOwnerMayRequest() throws IOException {
    Files.createDirectories(runDir.resolve("requests"));
    Files.createFile(runDir.resolve("requests/status"));
    open();
    assertFalse(new StatusRequest(runDir).isPending());
    assertEquals(
        "rwx-wx---",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(runDir.resolve("requests"))));
  }

  @Test
  void aRequestThatCannotBeDeletedIsAFault() throws IOException {
    open();
    Files.createDirectories(runDir.resolve("requests/status/full"));
    seconds(1);
    assertTrue(faults.list().get(0).text().startsWith("cannot be written: "), "" + faults.list());
  }

  @Test
  void aFileEndsTheWaitAndTheEndOfTheProcessToo() throws IOException {
    open();
    folder.takeReports();
    ShutdownBarrier end = new ShutdownBarrier();
    Files.writeString(runDir.resolve("reports/report-1.txt"), "a hole");
    assertFalse(folder.await(Duration.ofMinutes(5), end));
    assertEquals(
        List.of("a hole"),
        folder.takeReports().stream().map(ReportFolder.Submission::text).toList());
    end.request();
    assertTrue(folder.await(Duration.ofMinutes(5), end));
  }
}
