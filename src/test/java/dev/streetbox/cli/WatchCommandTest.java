package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.bus.SystemTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchCommandTest {
  @TempDir private Path folder;
  private Path config;
  private Path status;

  @BeforeEach
  void configure() throws IOException {
    status = folder.resolve("status.json");
    config =
        Files.writeString(
            folder.resolve("streetbox.toml"),
            "[box]\nid = \"sb-0042\"\nrun_dir = \"" + folder + "\"\n");
  }

  private Typed type() {
    return Typed.command("watch", "--config", config.toString());
  }

  @Test
  void withoutAnAgentThereIsNothingToWatch() {
    assertEquals(
        new Typed(
            ExitCode.EXTERNAL_ERROR,
            "",
            "streetbox watch: no agent runs: there is no "
                + status
                + ". Try: sudo systemctl start streetbox\n"),
        type());
  }

  @Test
  void anOldStateIsNotWatched() throws IOException {
    Files.writeString(status, "{}");
    Files.setLastModifiedTime(
        status, FileTime.from(new SystemTime().systemClock().minus(Duration.ofHours(1))));
    Typed typed = type();
    assertEquals(ExitCode.EXTERNAL_ERROR, typed.code());
    assertEquals(
        "streetbox watch: "
            + status
            + ": this is 3600 s old: the agent hangs or was killed. "
            + "Try: sudo systemctl restart streetbox\n",
        typed.err().replace("3601", "3600"));
  }
}
