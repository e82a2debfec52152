package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.agent.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks reports without an agent; {@link TechnicianIT} has one that an agent takes. */
class ReportCommandTest {
  @TempDir private Path folder;
  private String config;

  @BeforeEach
  void configure() throws IOException {
    config = Boxes.simulated(folder, URI.create("mqtt://127.0.0.1:1"), "").toString();
  }

  @Test
  void withoutAnAgentTheReportIsRefused() {
    assertEquals(
        new Typed(
            ExitCode.EXTERNAL_ERROR,
            "",
            "streetbox report: no agent runs, so nothing was reported."
                + " Try: sudo systemctl start streetbox\n"),
        Typed.command("report", "glass", "on", "the", "path", "--config", config));
  }

  @Test
  void aTextThatIsTooLongIsAUsageError() {
    assertEquals(
        new Typed(
            ExitCode.USAGE,
            "",
            """
            streetbox report: TEXT has 1001 characters, 1000 at most
            Try: streetbox report --help
            """),
        Typed.command("report", "--config", config, "x".repeat(1_001)));
  }
}
