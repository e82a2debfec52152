package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.datadir.DataLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the two cases in which the agent does not start. */
class RunCommandTest {
  @TempDir private Path folder;

  @Test
  void aSecondAgentEndsWithThreeAndNamesTheCommandThatStopsTheFirst() throws IOException {
    Path data = folder.resolve("data");
    Path file = write("[box]\nid = \"sb-1\"\ndata_dir = \"" + data + "\"\n");
    DataLock lock = DataLock.take(data).orElseThrow();
    try {
      assertEquals(
          new Typed(
              ExitCode.TAKEN,
              "",
              "streetbox run: another agent holds "
                  + data
                  + ".\nTry: sudo systemctl stop streetbox\n"),
          Typed.command("run", "--config", file.toString()));
    } finally {
      lock.close();
    }
  }

  @Test
  void aWrongConfigurationStartsNothing() throws IOException {
    Path data = folder.resolve("data");
    Path file = write("[box]\nid = \"sb-1\"\ndata_dir = \"" + data + "\"\nrundir = 1\n");
    Typed typed = Typed.command("run", "--config", file.toString());
    assertEquals(ExitCode.USAGE, typed.code());
    assertEquals(file + ":4:1: unknown key rundir in [box]; type run_dir\n", typed.err());
    assertFalse(Files.exists(data));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("streetbox.toml"), text);
  }
}
