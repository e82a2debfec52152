package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.agent.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks the runbook against the program: commands can be typed, and quoted lines are texts of the
 * program.
 */
class RunbookTest {
  private static final Path RUNBOOK = Path.of("deploy/runbook.md");
  private static final Pattern COMMAND =
      Pattern.compile("(?:`|    )(?:sudo )?streetbox ([^`|;\n]+)");

  @TempDir private Path folder;

  static List<String> commands() throws IOException {
    return COMMAND
        .matcher(Files.readString(RUNBOOK))
        .results()
        .map(match -> match.group(1).strip())
        .distinct()
        .toList();
  }

  static List<String> quotes() throws IOException {
    return Files.readAllLines(RUNBOOK).stream()
        .filter(line -> line.startsWith("> "))
        .map(line -> line.substring(2))
        .toList();
  }

  @ParameterizedTest(name = "streetbox {0}")
  @MethodSource("commands")
  void everyCommandCanBeTyped(String words) {
    Streetbox.commandLine().parseArgs(words.split(" ", -1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("quotes")
  void everyQuotedLineIsATextOfTheProgram(String quote) throws IOException {
    for (String piece : quote.split("…", -1)) {
      assertTrue(Words.OF_THE_PROGRAM.contains(piece.strip()), piece);
    }
  }

  @Test
  void eachEntryHasACommandAndARemedy() throws IOException {
    for (String entry : Files.readString(RUNBOOK).split("\n### ", -1)) {
      if (entry.startsWith("# ")) {
        continue;
      }
      assertTrue(entry.contains("`streetbox "), entry);
      assertTrue(entry.contains("Remedy: ") || entry.startsWith("Does "), entry);
    }
  }

  /** Runs the doctor with the faults of the entries about sensors. */
  @Test
  void theDoctorPrintsTheFaultsOfSensorsAsTheRunbookQuotesThem() throws IOException {
    String told =
        doctor(
            "at 0s air wrong_checksum on\nat 0s pm unplug\n",
            "[[sensor]]\nname = \"dust\"\ndriver = \"pms5003\"\nport = \"/dev/none\"\n");
    assertTrue(told.contains("0x44 an unknown part"), told);
    assertTrue(told.contains("noise on the wires, a bus without power, or two parts at"), told);
    assertTrue(
        told.contains("the part is missing, has no power, or SDA and SCL are swapped"), told);
    assertTrue(told.contains("/dev/none is missing: plug the part in, or enable the UART"), told);
    assertTrue(told.contains("the broker is down, a firewall is between, or the port is"), told);
  }

  @Test
  void theDoctorPrintsAHungBusAsTheRunbookQuotesIt() throws IOException {
    String told = doctor("at 0s pm bus_hang on\n", "");
    assertTrue(told.contains("SDA or SCL is held low, check wiring and pull-ups"), told);
    assertTrue(told.contains("FAIL sensor air not checked: its bus fails"), told);
  }

  private String doctor(String scenario, String more) throws IOException {
    Path file = Files.writeString(folder.resolve("scenario"), scenario);
    String simulate = "[simulate]\nscenario = \"" + file + "\"\n";
    Path config = Boxes.simulated(folder, URI.create("mqtt://127.0.0.1:1"), more + simulate);
    Typed typed = Typed.command("doctor", "--config", config.toString());
    assertEquals(ExitCode.EXTERNAL_ERROR, typed.code(), typed.out() + typed.err());
    return typed.out().replaceAll("\\s+", " ");
  }

  /** Holds every string literal of the sources, with concatenated literals joined. */
  private static final class Words {
    private static final String OF_THE_PROGRAM = read();

    private static String read() {
      try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
        return files
            .filter(file -> file.toString().endsWith(".java"))
            .map(Words::texts)
            .collect(Collectors.joining("\n"));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private static String texts(Path file) {
      try {
        String joined = Files.readString(file).replaceAll("\"\\s*\\+ \"", "");
        return Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"")
            .matcher(joined)
            .results()
            .map((MatchResult text) -> text.group(1))
            .collect(Collectors.joining("\n"));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
