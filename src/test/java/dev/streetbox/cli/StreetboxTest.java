package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.streetbox.agent.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Checks output, error texts and exit codes of typed commands. */
class StreetboxTest {
  @TempDir private Path folder;

  @Test
  void aConfigurationWithoutMistakesIsOneLine() throws IOException {
    Path file = write("[box]\nid = \"sb-1\"\n[[sensor]]\ndriver = \"sps30\"\n");
    Typed typed = type("config", "check", "--config", file.toString());
    assertEquals(ExitCode.DONE, typed.code());
    assertEquals(file + ": no mistakes, 1 sensor\n", typed.out());
    assertEquals("", typed.err());
  }

  @Test
  void aMistakeInTheConfigurationEndsWithTwoAndPrintsNothingToStandardOutput() throws IOException {
    Path file = write("[box]\nid = \"sb-1\"\nrundir = 1\n[mqtt]\nlive_period = 5\n");
    Typed typed = type("config", "check", "--config", file.toString());
    assertEquals(ExitCode.USAGE, typed.code());
    assertEquals("", typed.out());
    assertEquals(
        file
            + ":3:1: unknown key rundir in [box]; type run_dir\n"
            + file
            + ":5:1: live_period is 5, not a duration from 1s to 1h; type live_period = \"5s\"\n",
        typed.err());
  }

  @Test
  void aConfigurationWithoutASensorIsAWarningThatNamesWhatToType() throws IOException {
    Path file = write("[box]\nid = \"sb-1\"\n");
    Typed typed = type("config", "check", "--config", file.toString());
    assertEquals(ExitCode.DONE, typed.code());
    assertEquals(file + ": no mistakes, 0 sensors\n", typed.out());
    assertTrue(typed.err().contains("no sensor is configured"), typed.err());
    assertTrue(typed.err().contains("[[sensor]]"), typed.err());
    assertTrue(typed.err().contains("driver = \"sps30\""), typed.err());
  }

  @Test
  void aBoardsTemperatureBeforeAnAirSensorsIsAWarningAndNoMistake() throws IOException {
    String multigas = "[[sensor]]\ndriver = \"multigas\"\ngas = \"h2s\"\n";
    String sht4x = "[[sensor]]\ndriver = \"sht4x\"\n";
    Typed wrong = type("config", "check", "--config", write(multigas + sht4x).toString());
    assertEquals(ExitCode.DONE, wrong.code());
    assertTrue(wrong.err().contains("temp_c of a row come from multigas"), wrong.err());
    assertTrue(wrong.err().contains("Try: move the [[sensor]] of"), wrong.err());
    Typed right = type("config", "check", "--config", write(sht4x + multigas).toString());
    assertEquals("", right.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mqtt://127.0.0.1:99999", "mqtt://127.0.0.1:0", "mqtt://:", "mqtt://h:"})
  void aBrokerThatCannotBeIsAUsageErrorOfEachCommand(String broker) {
    for (String command : List.of("listen", "demo")) {
      Typed typed = type(command, "--broker", broker, "--for", "1s");
      assertEquals(ExitCode.USAGE, typed.code());
      assertTrue(typed.err().contains("not mqtt://HOST:PORT or mqtts://HOST:PORT"), typed.err());
    }
  }

  @Test
  void theEffectiveSettingsArePrintedAsToml() throws IOException {
    Path file = write("[box]\nid = \"sb-1\"\n[[sensor]]\ndriver = \"sps30\"\n");
    Typed typed = type("config", "show", "--config", file.toString());
    assertEquals(ExitCode.DONE, typed.code());
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
        device = ""

        [time]
        hold = "60s"

        [store]
        commit_period = "10s"
        max_size = "2GB"
        keep_acknowledged = "7d"
        power_fail_gpio = -1

        [mqtt]
        broker = "mqtt://127.0.0.1:1883"
        username = ""
        password_file = ""
        ca_file = ""
        client_cert_file = ""
        client_key_file = ""
        topic_root = "streetbox/v1"
        live_period = "5s"
        diag_period = "5m"
        backlog_rate = 2000
        encoding = "json+gzip"
        resend_rows_per_day = 100000

        [quality]
        noise_motion_kmh = 18.0
        parked_after = "2m"
        parked_kmh = 2.0
        gnss_poor_m = 20.0
        pm_humid_pct = 80.0

        [sound_event]
        threshold_db = 0.0
        hysteresis_db = 6.0

        [odour]
        voc_index = 300.0
        h2s_ppm = 1.0
        nh3_ppm = 10.0
        hysteresis_pct = 10.0
        after = "10s"
        interval = "5m"

        [privacy]
        pseudonym = "none"
        time_zone = ""

        [tamper]
        part_gone_after = "1m"
        gpio = -1

        [report]
        gpio = ""
        button_gpio = 17
        led_gpio = 27
        press = "report"
        double_press = "odour"
        shortest = "30ms"
        longest = "2s"
        window = "600ms"
        cancel_after = "3s"
        cancel_within = "1m"
        in_zone = "keep"

        [simulate]
        ride = "huilongguan"
        speed = 1.0
        seed = 1
        scenario = ""
        """,
        typed.out());
  }

  @Test
  void theEffectiveSettingsArePrintedAsJson() throws IOException {
    Path file = write("[box]\nid = \"sb-1\"\n[[sensor]]\ndriver = \"sps30\"\n");
    Typed typed = type("config", "show", "--json", "--config", file.toString());
    assertEquals(ExitCode.DONE, typed.code());
    assertTrue(
        typed
            .out()
            .startsWith(
                "{\"box\":{\"id\":\"sb-1\",\"data_dir\":\"/var/lib/streetbox\","
                    + "\"run_dir\":\"/run/streetbox\"},\"sensor\":[{\"name\":\"sps30\","
                    + "\"driver\":\"sps30\",\"bus\":\"i2c-1\",\"address\":105,\"period\":\"0s\"}],"),
        typed.out());
  }

  @Test
  void aMistypedCommandEndsWithTwoAndNamesTheNearestCommand() {
    Typed typed = type("confg");
    assertEquals(ExitCode.USAGE, typed.code());
    assertEquals(
        """
        streetbox: Unmatched argument at index 0: 'confg'
        Did you mean: streetbox config or streetbox command?
        Try: streetbox --help
        """,
        typed.err());
  }

  @Test
  void noCommandAtAllEndsWithTwo() {
    Typed typed = type();
    assertEquals(ExitCode.USAGE, typed.code());
    assertEquals("streetbox: a command is missing\nTry: streetbox --help\n", typed.err());
  }

  @Test
  void aMistypedOptionNamesTheCommandsOwnHelp() {
    Typed typed = type("config", "check", "--confg", "x");
    assertEquals(ExitCode.USAGE, typed.code());
    assertTrue(typed.err().endsWith("Try: streetbox config check --help\n"), typed.err());
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    Typed typed = type("--version");
    assertEquals(ExitCode.DONE, typed.code());
    assertTrue(typed.out().matches("streetbox \\d+\\.\\d+\\.\\d+\\S*\n"), typed.out());
  }

  @Test
  void anIOExceptionIsOneLineAndEndsWithOne() {
    Typed typed = failing(new IOException("no route to host. Try: ip route"));
    assertEquals(
        new Typed(ExitCode.EXTERNAL_ERROR, "", "streetbox fail: no route to host. Try: ip route\n"),
        typed);
  }

  @Test
  void aBugIsPrintedWithItsStackAndEndsWithSeventy() {
    Typed typed = failing(new IllegalStateException("impossible"));
    assertEquals(ExitCode.BUG, typed.code());
    assertEquals("", typed.out());
    assertTrue(
        typed
            .err()
            .startsWith(
                "streetbox fail: a bug, please report it: "
                    + "java.lang.IllegalStateException: impossible\n"),
        typed.err());
    assertTrue(typed.err().contains("\tat dev.streetbox.cli.StreetboxTest"), typed.err());
  }

  @Test
  void theHelpNamesEveryCommandAndExitCode() {
    assertEquals(
        new Typed(
            ExitCode.DONE,
            """
            Usage: streetbox [-hV] COMMAND
            The software of an environmental black box.
              -h, --help      Show this text.
              -V, --version   Show the version.
            Commands:
              run        Run the agent, which measures, stores and publishes until
                           terminated.
              demo       Run a simulated ride and account for its rows at the end.
              calibrate  Compare the box with a calibrator or a reference station.
              status     Show the running agent's state; exit 1 if none runs.
              watch      Show the running agent's state on a live screen; exit 1 if none
                           runs.
              doctor     Check everything in under 30 s; exit 1 if anything FAILs.
              read       Print readings of one sensor or of all; exit 1 if one gives none.
              report     Report a hazard at this place, as the button does; exit 1 if no
                           agent runs.
              reports    List the newest hazard reports and their states; exit 1 if no agent
                           runs.
              bundle     Write a support archive without login, password, key or position.
              outbox     Show what waits to be sent, account for every row, or export the
                           rows.
              listen     Receive what boxes send: each row once, as one line.
              command    Send a box one command and print its answer; exit 1 if it is
                           refused.
              config     Check the configuration, show it, or find the parts for a first
                           one.

            Exit codes:
              0    done
              1    not done: a file, bus, broker or disk refused, or a check failed
              2    usage or configuration
              3    the agent holds the buses: stop the agent first
              70   a bug
            """,
            ""),
        type("--help"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void everyHelpFitsATerminalAndHasASentence(String name, CommandLine command) {
    String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
    assertTrue(help.lines().allMatch(line -> line.length() <= Streetbox.WIDTH), help);
    assertTrue(command.getCommandSpec().usageMessage().description().length > 0, name);
    assertEquals(Streetbox.WIDTH, command.getUsageHelpWidth());
  }

  @Test
  void aCommandLineOfOneCommandOnlyHasTheSameUsage() {
    Streetbox.commandLine()
        .getSubcommands()
        .forEach(
            (name, command) -> {
              var alone = Streetbox.commandLine(name, "--help").getSubcommands();
              assertEquals(Set.of(name), alone.keySet());
              assertEquals(command.getUsageMessage(), alone.get(name).getUsageMessage());
            });
  }

  static Stream<Arguments> commands() {
    return all(Streetbox.commandLine())
        .map(command -> arguments(command.getCommandSpec().qualifiedName(), command));
  }

  private static Stream<CommandLine> all(CommandLine command) {
    return Stream.concat(
        Stream.of(command), command.getSubcommands().values().stream().flatMap(StreetboxTest::all));
  }

  private static Typed failing(Exception error) {
    Callable<Integer> command =
        new Callable<>() {
          @Override
          public Integer call() throws Exception {
            throw error;
          }
        };
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
    return Typed.command(Streetbox.commandLine().addSubcommand("fail", spec), "fail");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("streetbox.toml"), text);
  }

  private Typed type(String... arguments) {
    return Typed.command(arguments);
  }
}
