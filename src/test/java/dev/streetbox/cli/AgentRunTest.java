package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tells the arguments of a unit, which are not parsed by picocli, from all others. */
class AgentRunTest {
  @Test
  void theArgumentsOfAUnitNameTheConfigurationOrLeaveTheDefault() {
    assertEquals(Optional.of(Path.of("/etc/streetbox/streetbox.toml")), AgentRun.configOf("run"));
    assertEquals(Optional.of(Path.of("a.toml")), AgentRun.configOf("run", "--config", "a.toml"));
  }

  @Test
  void allOtherArgumentsAreLeftToTheParserOfTheCommandLine() {
    String[][] others = {
      {},
      {"status"},
      {"run", "--help"},
      {"run", "--config"},
      {"run", "--config", "--help"},
      {"run", "--config=a.toml"},
      {"run", "a.toml", "--config"},
      {"demo", "--config", "a.toml"},
      {"run", "--config", "a.toml", "more"}
    };
    for (String[] arguments : others) {
      assertEquals(Optional.empty(), AgentRun.configOf(arguments), String.join(" ", arguments));
    }
  }
}
