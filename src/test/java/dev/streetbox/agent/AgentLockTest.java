package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.datadir.DirectDisk;
import dev.streetbox.measure.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that one agent runs at a time, with and without a disk. */
class AgentLockTest {
  @TempDir private Path dir;

  private final Faults faults = new Faults();

  private Optional<AgentLock> take(String runDir, String dataDir) throws IOException {
    return AgentLock.take(dir.resolve(runDir), dir.resolve(dataDir), new DirectDisk(), faults, 0);
  }

  @Test
  void aSecondAgentIsRefusedByEachOfTheTwoFoldersUntilTheFirstEnds() throws IOException {
    AgentLock first = take("run", "data").orElseThrow();
    assertTrue(take("run", "other").isEmpty());
    assertTrue(take("other", "data").isEmpty());
    first.close();
    take("run", "data").orElseThrow().close();
    assertEquals("[]", faults.list().toString());
  }

  @Test
  void aRefusedAgentHoldsNothing() throws IOException {
    AgentLock first = take("run", "data").orElseThrow();
    assertTrue(take("other", "data").isEmpty());
    first.close();
    take("other", "data").orElseThrow().close();
  }

  @Test
  void aSecondAgentIsRefusedAlsoWhileTheDiskIsMissing() throws IOException {
    Files.createFile(dir.resolve("file"));
    AgentLock first = take("run", "file/data").orElseThrow();
    assertTrue(faults.list().toString().contains("cannot be locked"), faults.list().toString());
    assertTrue(take("run", "file/data").isEmpty());
    first.close();
  }

  @Test
  void aRunFolderThatCannotBeMadeIsNoReasonNotToRun() throws IOException {
    Files.createFile(dir.resolve("file"));
    AgentLock first = take("file/run", "data").orElseThrow();
    assertTrue(take("file/run", "data").isEmpty());
    first.close();
  }

  @Test
  void oneFolderForBothIsLockedOnce() throws IOException {
    take("one", "one").orElseThrow().close();
  }

  @Test
  void theRunFolderStaysOpenToReadersOfTheState() throws IOException {
    Path asTheUmaskHasIt = Files.createDirectory(dir.resolve("plain"));
    take("run", "data").orElseThrow().close();
    assertEquals(
        Files.getPosixFilePermissions(asTheUmaskHasIt),
        Files.getPosixFilePermissions(dir.resolve("run")));
  }
}
