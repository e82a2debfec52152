package dev.streetbox.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.TextFormatException;
import dev.streetbox.part.Catalogue;
import dev.streetbox.part.SensorSettings;
import dev.streetbox.simulate.Scenario.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioTest {
  @TempDir private Path folder;

  @Test
  void eachLineIsAnEventAndEventsAreSortedByTick() throws IOException {
    Scenario scenario =
        Scenario.parse(
            """
            # a comment
            at 2m  pm plug
            at 30s pm unplug   # and another

            at 250ms sps30 fan_stopped on
            at 1h sps30 fan_stopped off
            at 30s air brown_out
            at 31s air heal
            """);
    assertEquals(
        List.of(
            new Step(250, "sps30", 5, "fan_stopped", true),
            new Step(30_000, "pm", 3, "unplug", true),
            new Step(30_000, "air", 7, "brown_out", true),
            new Step(31_000, "air", 8, "heal", true),
            new Step(120_000, "pm", 2, "plug", true),
            new Step(3_600_000, "sps30", 6, "fan_stopped", false)),
        scenario.steps());
  }

  @Test
  void anEmptyTextHasNoEvents() throws IOException {
    assertEquals(Scenario.NONE, Scenario.parse("\n# nothing\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "at 30 pm unplug | \"at 30 pm unplug\" is no event; type it as: at 30s pm unplug",
        "30s pm unplug | \"30s pm unplug\" is no event; type it as: at 30s pm unplug",
        "at 30s pm | \"at 30s pm\" is no event; type it as: at 30s pm unplug",
        "at 30s pm unplug on | type unplug without on",
        "at 30s pm brown_out off | type brown_out without off",
        "at 30s pm laser | type laser on, or laser off",
      })
  void theErrorOfAWrongLineHasItsNumberAndARightForm(String line, String message) {
    String text = "at 1s pm plug\n\n" + line;
    TextFormatException error = assertThrows(TextFormatException.class, () -> Scenario.parse(text));
    assertEquals("line 3: " + message, error.getMessage());
  }

  @Test
  void theErrorOfAnUnknownEventListsTheKnownOnes() {
    TextFormatException error =
        assertThrows(TextFormatException.class, () -> Scenario.parse("at 1s pm explode on"));
    assertTrue(
        error
            .getMessage()
            .startsWith(
                "line 1: nothing is called explode; type plug, unplug, heal, brown_out, or with on"
                    + " or off wrong_checksum, "),
        error.getMessage());
  }

  @Test
  void theErrorOfAnUnknownPartListsTheKnownOnes() throws IOException {
    Scenario scenario = Scenario.parse("at 1s pm plug\nat 2s gas plug");
    scenario.requireParts(Set.of("pm", "gas"));
    TextFormatException error =
        assertThrows(
            TextFormatException.class, () -> scenario.requireParts(Set.of("sps30", "pm", "air")));
    assertEquals(
        "line 2: no simulated part is called gas; type one of air, pm, sps30", error.getMessage());
  }

  @Test
  void theErrorOfAFileBeginsWithItsName() throws IOException {
    Path file = folder.resolve("s.txt");
    IOException missing = assertThrows(IOException.class, () -> Scenario.read(file));
    assertEquals(file + ": there is no such file", missing.getMessage());
    Files.writeString(file, "at 1s");
    IOException wrong = assertThrows(TextFormatException.class, () -> Scenario.read(file));
    assertTrue(wrong.getMessage().startsWith(file + ": line 1: "), wrong.getMessage());
    Files.writeString(file, "at 1s pm plug");
    assertEquals(1, Scenario.read(file).steps().size());
  }

  @Test
  void theExampleNamesOnlyPartsOfTheDemo() throws IOException {
    Scenario example = Scenario.read(Path.of("deploy/scenario-example.txt"));
    example.requireParts(Set.of("pm", "sps30", "air", "gas", "noise", "gnss", "button"));
    assertTrue(example.steps().size() > 5);
  }

  @Test
  void aDueStepIsAppliedWhenThePartIsRead() throws IOException {
    ScriptedTime time = new ScriptedTime();
    Instant start = Instant.parse("2026-11-23T17:30:00Z");
    try (Simulation simulation = new Simulation(time, 1, start)) {
      simulation.connect(SensorSettings.simulated("pm", Catalogue.of("sps30").orElseThrow()));
      simulation.play(
          Scenario.parse(
              """
              at 1s pm unplug
              at 3s sps30 plug
              at 4s pm laser on
              at 5s pm laser off
              at 6s pm brown_out
              """));
      SimulatedPart simulatedPart = simulation.part("sps30");
      assertTrue(simulatedPart.plugged());
      time.pass(Duration.ofSeconds(1));
      assertFalse(simulatedPart.plugged());
      time.pass(Duration.ofSeconds(3));
      assertTrue(simulatedPart.has(InjectedFault.LASER));
      assertEquals(2, simulatedPart.powerUps());
      time.pass(Duration.ofMillis(2_500));
      assertFalse(simulatedPart.has(InjectedFault.LASER));
      assertEquals(3, simulatedPart.powerUps());
    }
  }

  @Test
  void aScenarioWithAPartThatIsNotConnectedIsABug() throws IOException {
    try (Simulation simulation = new Simulation(new ScriptedTime(), 1, Instant.EPOCH)) {
      Scenario scenario = Scenario.parse("at 1s lamp plug");
      assertThrows(IllegalArgumentException.class, () -> simulation.play(scenario));
    }
  }
}
