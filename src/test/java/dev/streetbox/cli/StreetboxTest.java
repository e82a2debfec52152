package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What somebody who types sees, and what the shell is told. */
class StreetboxTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aRightConfigurationIsSaidInOneLine() throws IOException {
    Path file = write("[box]\nid = \"sb-1\"\n[[sensor]]\ndriver = \"sps30\"\n");
    assertEquals(Exit.DONE, type("config", "check", "--config", file.toString()));
    assertEquals(file + ": no mistakes, 1 sensor\n", out.toString());
    assertEquals("", err.toString());
  }

  @Test
  void aWrongConfigurationEndsWithTwoAndNothingOnStandardOutput() throws IOException {
    Path file = write("[box]\nid = \"sb-1\"\nrundir = 1\n[mqtt]\nlive_period = 5\n");
    assertEquals(Exit.USAGE, type("config", "check", "--config", file.toString()));
    assertEquals("", out.toString());
    assertEquals(
        file
            + ":3:1: unknown key rundir in [box]; type run_dir\n"
            + file
            + ":5:1: live_period is 5, not a duration from 1s to 1h; type live_period = \"5s\"\n",
        err.toString());
  }

  @Test
  void theEffectiveSettingsAreShownAsToml() throws IOException {
    Path file = write("[box]\nid = \"sb-1\"\n[[sensor]]\ndriver = \"sps30\"\n");
    assertEquals(Exit.DONE, type("config", "show", "--config", file.toString()));
    assertEquals(
        """
        [box]
        id = "sb-1"
        data_dir = "/var/lib/streetbox"
        run_dir = "/run/streetbox"

        [[sensor]]
        name = "sps30"
        driver = "sps30"
        bus = "i2c-1"
        address = 0x69
        period = "0s"

        [gnss]
        source = "gpsd"
        address = "127.0.0.1:2947"

        [store]
        commit_period = "10s"
        max_size = "2GB"
        keep_acknowledged = "7d"

        [mqtt]
        broker = "mqtt://127.0.0.1:1883"
        username = ""
        password_file = ""
        ca_file = ""
        client_cert_file = ""
        client_key_file = ""
        topic_root = "streetbox/v1"
        live_period = "5s"
        backlog_rate = 50
        encoding = "json"

        [privacy]
        pseudonym = "none"

        [report]
        button_gpio = 17
        led_gpio = 27

        [simulate]
        ride = "huilongguan"
        speed = 1.0
        seed = 1
        """,
        out.toString());
  }

  @Test
  void theEffectiveSettingsAreShownAsJson() throws IOException {
    Path file = write("[box]\nid = \"sb-1\"\n[[sensor]]\ndriver = \"sps30\"\n");
    assertEquals(Exit.DONE, type("config", "show", "--json", "--config", file.toString()));
    assertTrue(
        out.toString()
            .startsWith(
                "{\"box\":{\"id\":\"sb-1\",\"data_dir\":\"/var/lib/streetbox\","
                    + "\"run_dir\":\"/run/streetbox\"},\"sensor\":[{\"name\":\"sps30\","
                    + "\"driver\":\"sps30\",\"bus\":\"i2c-1\",\"address\":105,\"period\":\"0s\"}],"),
        out.toString());
  }

  @Test
  void aMistypedCommandEndsWithTwoAndSaysWhatToTry() {
    assertEquals(Exit.USAGE, type("confg"));
    assertEquals(
        """
        streetbox: Unmatched argument at index 0: 'confg'
        Did you mean: streetbox config?
        Try: streetbox --help
        """,
        err.toString());
  }

  @Test
  void noCommandAtAllEndsWithTwo() {
    assertEquals(Exit.USAGE, type());
    assertEquals("streetbox: a command is missing\nTry: streetbox --help\n", err.toString());
  }

  @Test
  void aMistypedOptionNamesTheCommandsOwnHelp() {
    assertEquals(Exit.USAGE, type("config", "check", "--confg", "x"));
    assertTrue(err.toString().endsWith("Try: streetbox config check --help\n"), err.toString());
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    assertEquals(Exit.DONE, type("--version"));
    assertTrue(out.toString().matches("streetbox \\d+\\.\\d+\\.\\d+\\S*\n"), out.toString());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void everyHelpFitsATerminalAndHasASentence(String name, CommandLine command) {
    String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
    assertTrue(help.lines().allMatch(line -> line.length() <= Streetbox.WIDTH), help);
    assertTrue(command.getCommandSpec().usageMessage().description().length > 0, name);
    assertEquals(Streetbox.WIDTH, command.getUsageHelpWidth());
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> commands() {
    return all(Streetbox.commandLine())
        .map(
            command ->
                org.junit.jupiter.params.provider.Arguments.arguments(
                    command.getCommandSpec().qualifiedName(), command));
  }

  private static Stream<CommandLine> all(CommandLine command) {
    return Stream.concat(
        Stream.of(command), command.getSubcommands().values().stream().flatMap(StreetboxTest::all));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("streetbox.toml"), text);
  }

  private int type(String... arguments) {
    CommandLine command =
        Streetbox.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    return command.execute(arguments);
  }
}
