package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.export.RideStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tells the arguments that are run without picocli from all others. */
class PlainCommandTest {
  private static final Path DEFAULT = Path.of("/etc/streetbox/streetbox.toml");
  private static final Path FILE = Path.of("a.toml");

  @TempDir private Path folder;

  private static Optional<PlainCommand> of(String line) {
    return PlainCommand.of(line.split(" "));
  }

  @Test
  void theArgumentsOfAUnitNameTheConfigurationOrLeaveTheDefault() {
    PlainCommand.Kind run = PlainCommand.Kind.RUN;
    assertEquals(Optional.of(new PlainCommand(run, DEFAULT, false)), of("run"));
    assertEquals(Optional.of(new PlainCommand(run, FILE, false)), of("run --config a.toml"));
  }

  @Test
  void theOptionsStandInEachOrder() {
    PlainCommand.Kind status = PlainCommand.Kind.STATUS;
    PlainCommand.Kind stat = PlainCommand.Kind.STAT;
    assertEquals(Optional.of(new PlainCommand(status, DEFAULT, false)), of("status"));
    assertEquals(Optional.of(new PlainCommand(status, DEFAULT, true)), of("status --json"));
    assertEquals(
        Optional.of(new PlainCommand(stat, FILE, true)), of("outbox stat --json --config a.toml"));
    assertEquals(
        Optional.of(new PlainCommand(stat, FILE, true)), of("outbox stat --config a.toml --json"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "run --help",
        "run --json",
        "run --config",
        "run --config --help",
        "run --config=a.toml",
        "run a.toml --config",
        "run --config a.toml more",
        "demo --config a.toml",
        "outbox",
        "stat",
        "outbox verify",
        "status --help",
        "status --json --json",
        "status --config",
        "status --config --json",
        "status --config=a.toml",
        "status more",
        "--json status",
        "outbox --json stat"
      })
  void allOtherArgumentsAreLeftToPicocli(String line) {
    assertEquals(Optional.empty(), of(line));
    assertEquals(Optional.empty(), PlainCommand.of());
  }

  @Test
  void theOutputIsThatOfTheSameCommandWithPicocli() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    RideStore.add(data, 600, 1_795_435_200_000L, 0);
    Path config = folder.resolve("streetbox.toml");
    Files.writeString(config, "[box]\nid = \"sb-0042\"\ndata_dir = \"" + data + "\"\n");
    String[] words = {"outbox", "stat", "--json", "--config", config.toString()};
    StringWriter plain = new StringWriter();
    assertEquals(
        0,
        PlainCommand.of(words).orElseThrow().run(new PrintWriter(plain), new PrintWriter(plain)));
    StringWriter parsed = new StringWriter();
    assertEquals(0, Streetbox.commandLine(words).setOut(new PrintWriter(parsed)).execute(words));
    assertEquals(parsed.toString(), plain.toString());
  }
}
