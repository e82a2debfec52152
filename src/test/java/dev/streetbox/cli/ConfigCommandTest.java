package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.PrintableText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks what the commands of the configuration do with files that are none. */
class ConfigCommandTest {
  @TempDir private Path folder;

  @Test
  void aConfigurationThatIsTooLongIsNotReadToItsEnd() throws IOException {
    Path large = Files.writeString(folder.resolve("large.toml"), "#".repeat(10_000_000));
    for (String file : List.of("/dev/zero", large.toString(), folder.toString())) {
      Typed typed = Typed.command("config", "check", "--config", file);
      assertEquals(ExitCode.USAGE, typed.code(), typed.err());
      assertTrue(typed.err().startsWith(file + ": "), typed.err());
    }
    assertEquals(
        "/dev/zero: it is larger than 1 MB, so it is no configuration."
            + " Try: streetbox config show --defaults\n",
        Typed.command("config", "check", "--config", "/dev/zero").err());
  }

  @Test
  void zonesWithoutAReceiverAreAWarningBecauseTheBoxStaysDark() throws IOException {
    String zone = "[[privacy.zone]]\nname = \"home\"\nlat = 40.0701\nlon = 116.3265\n";
    String none = "[gnss]\nsource = \"none\"\n";
    assertTrue(warnings(none + zone).contains("so the box stays dark"), warnings(none + zone));
    assertTrue(warnings(none + zone).contains("source = \"gpsd\""), warnings(none + zone));
    for (String right : List.of(zone, none, "[gnss]\nsource = \"sim\"\n" + zone)) {
      assertFalse(warnings(right).contains("dark"), warnings(right));
    }
  }

  private String warnings(String config) throws IOException {
    Path file = Files.writeString(folder.resolve("streetbox.toml"), config);
    Typed typed = Typed.command("config", "check", "--config", file.toString());
    assertEquals(ExitCode.DONE, typed.code(), typed.err());
    return typed.err();
  }

  @Test
  void keysAndValuesOfAFileControlNoTerminal(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("streetbox.toml"),
            """
            "a\u009b\u202eb" = 1
            "c\\u001b" = 2
            [box]
            id = "\u202esb\\u001b"
            [mqtt]
            broker = "mqtt://\u009b\\u001b"
            ["\u202e"]
            """);
    Typed typed = Typed.command("config", "check", "--config", file.toString());
    assertEquals(ExitCode.USAGE, typed.code());
    assertTrue(typed.err().lines().count() >= 4, typed.err());
    typed
        .err()
        .lines()
        .forEach(line -> assertTrue(line.codePoints().allMatch(PrintableText::isPrintable), line));
  }

  @Test
  void initPrintsTheSectionsOfThePartsThatAnswer() throws IOException {
    Path config = Boxes.simulated(folder, URI.create("mqtt://127.0.0.1:1"), "");
    Typed typed = Typed.command("config", "init", "--config", config.toString());
    String sections =
        """
        [[sensor]]
        name = "sht4x"
        driver = "sht4x"
        bus = "sim"
        address = 0x44
        [[sensor]]
        name = "sps30"
        driver = "sps30"
        bus = "sim"
        address = 0x69
        """;
    assertEquals(ExitCode.DONE, typed.code(), typed.err());
    assertTrue(typed.out().startsWith(sections), typed.out());
    Path written =
        Files.writeString(folder.resolve("new.toml"), "[box]\nid = \"sb-1\"\n" + sections);
    assertEquals(ExitCode.DONE, Typed.command("config", "check", "--config", "" + written).code());
    assertTrue(Files.notExists(folder.resolve("data")));
  }

  @Test
  void initEndsWithThreeWhileTheAgentRuns() throws IOException {
    Path config = Boxes.simulated(folder, URI.create("mqtt://127.0.0.1:1"), "");
    Files.writeString(Files.createDirectories(folder.resolve("run")).resolve("status.json"), "{}");
    Typed typed = Typed.command("config", "init", "--config", config.toString());
    assertEquals(ExitCode.TAKEN, typed.code());
    assertEquals("", typed.out());
    assertTrue(typed.err().endsWith("Try: sudo systemctl stop streetbox\n"), typed.err());
  }

  /** Returns a configuration of a box whose file of commands has these settings. */
  private String commanded(String settings, String mqtt) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(
        data.resolve("commands"), "{\"v\":1,\"done\":[],\"settings\":{%s}}".formatted(settings));
    return Files.writeString(
            folder.resolve("streetbox.toml"),
            """
            [box]
            id = "sb-1"
            data_dir = "%s"
            run_dir = "%s"
            [mqtt]
            %s
            """
                .formatted(data, folder.resolve("run"), mqtt))
        .toString();
  }

  private static String set(String key, String value, String file) {
    return "\"%s\":{\"value\":\"%s\",\"file\":\"%s\",\"box\":\"sb-1\",\"left_s\":60,\"confirmed\":true}"
        .formatted(key, value, file);
  }

  @Test
  void showSaysBeforeTheSettingsWhatACommandHasSet() throws IOException {
    String config =
        commanded(
            set("live_period", "2s", "5s") + "," + set("backlog_rate", "70", "50"),
            "backlog_rate = 50");
    String shown = Typed.command("config", "show", "--config", config).out();
    assertTrue(
        shown.startsWith(
            """
            # by a command, until it is taken back or this file changes:
            # live_period = 2s
            # by a command, until it is taken back or this file changes:
            # backlog_rate = 70
            """),
        shown);
    assertTrue(shown.contains("backlog_rate = 50"), "the file's value is shown too");
    String json = Typed.command("config", "show", "--json", "--config", config).out();
    assertTrue(json.endsWith(",\"set\":{\"live_period\":\"2s\",\"backlog_rate\":\"70\"}}\n"), json);
    JsonTree.parse(json);
  }

  @Test
  void aValueThatTheFileHasReplacedSinceIsNotShown() throws IOException {
    String config = commanded(set("live_period", "2s", "5s"), "live_period = \"7s\"");
    String shown = Typed.command("config", "show", "--config", config).out();
    assertFalse(shown.contains("by a command"), shown);
    assertFalse(
        Typed.command("config", "show", "--json", "--config", config).out().contains("\"set\""));
  }

  @Test
  void aDamagedFileOfCommandsHidesNoSetting() throws IOException {
    String config = commanded("", "live_period = \"7s\"");
    Files.writeString(folder.resolve("data/commands"), "{");
    Typed shown = Typed.command("config", "show", "--config", config);
    assertEquals(ExitCode.DONE, shown.code(), shown::toString);
    assertTrue(shown.out().contains("live_period = \"7s\""), shown.out());
  }
}
