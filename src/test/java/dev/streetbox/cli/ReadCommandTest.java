package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.datadir.DataLock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadCommandTest {
  private static final String STATUS =
      """
      {"v":1,"box":"sb-1","sensors":[\
      {"name":"air","state":"running","readings":{"temp_c":21.4,"rh_pct":83.2,"q":0}},\
      {"name":"pm","state":"waiting","last_fault":"i2c-1 0x69 write failed"}]}
      """;

  @TempDir private Path folder;
  private Path config;

  @BeforeEach
  void configure() throws IOException {
    config = Boxes.simulated(folder, URI.create("mqtt://127.0.0.1:1"), "");
  }

  private Typed type(String... words) {
    return Typed.command(
        Stream.concat(Stream.of("read", "--config", config.toString()), Stream.of(words))
            .toArray(String[]::new));
  }

  private void agentSays(String status) throws IOException {
    Files.writeString(
        Files.createDirectories(folder.resolve("run")).resolve("status.json"), status);
  }

  @Test
  void withoutAnAgentThePartIsRead() {
    Typed typed = type("air");
    assertEquals("", typed.err());
    assertEquals(ExitCode.DONE, typed.code());
    assertTrue(
        typed.out().matches("air  temperature [-.\\d]+ °C  humidity [.\\d]+ %\n"), typed.out());
  }

  @Test
  void rawPrintsTheBytesOfEachTransaction() {
    Typed typed = type("air", "--raw");
    List<String> lines =
        typed.out().lines().map(line -> line.strip().replaceAll("^\\S+ ", "")).toList();
    assertTrue(lines.contains("air write 94"), typed.out());
    assertTrue(lines.contains("air write fd"), typed.out());
    assertTrue(
        lines.stream().anyMatch(line -> line.matches("air read( [0-9a-f]{2}){6}")), typed.out());
  }

  @Test
  void aRecordingBeginsWithTheNameOfThePart() throws IOException {
    Path file = folder.resolve("air.bus");
    assertEquals(ExitCode.DONE, type("air", "--record", file.toString()).code());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    List<String> lines = Files.readAllLines(file);
    assertEquals("# Name: air (sht4x)", lines.get(0));
    assertTrue(lines.get(6).endsWith(" air write 94"), lines.toString());
  }

  @Test
  void eachReadingIsAJsonObject() {
    Typed typed = type("air", "--json", "--count", "2");
    assertEquals(2, typed.out().lines().count());
    assertTrue(
        typed
            .out()
            .matches("(\\{\"sensor\":\"air\",\"temp_c\":[^,]+,\"rh_pct\":[^,]+,\"q\":0}\n){2}"),
        typed.out());
  }

  @Test
  void aSensorThatIsNotConfiguredIsAUsageError() {
    assertEquals(
        new Typed(
            ExitCode.USAGE,
            "",
            "streetbox read: no sensor 'gas' in "
                + config
                + "; there are: air, pm\nTry: streetbox read --help\n"),
        type("gas"));
    assertEquals(ExitCode.USAGE, type("air", "--count", "0").code());
  }

  @Test
  void withoutASensorTheWarningNamesWhatToType() throws IOException {
    Files.writeString(
        config,
        "[box]\nid = \"sb-1\"\ndata_dir = \"%1$s/data\"\nrun_dir = \"%1$s/run\"\n"
            .formatted(folder));
    Typed typed = type();
    assertEquals(ExitCode.DONE, typed.code());
    assertTrue(typed.err().startsWith("streetbox read: no sensor is configured"), typed.err());
    assertTrue(typed.err().contains("driver = \"sps30\""), typed.err());
  }

  @Test
  void whileTheAgentRunsItsReadingsArePrinted() throws IOException {
    agentSays(STATUS);
    Typed typed = type();
    assertEquals(ExitCode.EXTERNAL_ERROR, typed.code());
    assertEquals("air  temperature 21.4 °C  humidity 83.2 %\n", typed.out());
    assertTrue(
        typed
            .err()
            .matches(
                """
                streetbox read: the agent's readings of [0-9.]+ s ago
                streetbox read: pm: i2c-1 0x69 write failed. Try: streetbox doctor
                """),
        typed.err());
    assertEquals(ExitCode.DONE, type("air").code());
    assertEquals("air  temperature 21.4 °C  humidity 83.2 %\n", type("air").out());
  }

  @Test
  void whileTheAgentRunsTheBytesAreRefused() throws IOException {
    agentSays(STATUS);
    Typed refused =
        new Typed(
            ExitCode.TAKEN,
            "",
            """
            streetbox read: the agent holds the buses, and only it may touch them.
            Try: sudo systemctl stop streetbox
            """);
    assertEquals(refused, type("--raw"));
    assertEquals(refused, type("--record", folder.resolve("x").toString()));
  }

  @Test
  void anAgentThatHasNotWrittenItsStateYetHoldsTheBusesToo() throws IOException {
    DataLock lock = DataLock.take(folder.resolve("data")).orElseThrow();
    try {
      assertEquals(ExitCode.TAKEN, type("--raw").code());
      Typed typed = type("air");
      assertEquals(ExitCode.EXTERNAL_ERROR, typed.code());
      assertTrue(typed.err().contains("writes no status"), typed.err());
    } finally {
      lock.close();
    }
  }

  @Test
  void aReadingCreatesNoDataFolder() {
    type("air");
    assertTrue(Files.notExists(folder.resolve("data")));
  }
}
